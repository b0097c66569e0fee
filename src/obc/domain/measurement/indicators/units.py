"""Units: which of one person's units a definition looks at in a period, each with its anchor."""

from datetime import datetime

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.case import Case, CodeLists, passes
from obc.domain.measurement.indicators.definition import KEYS, CohortAnchor, EventAnchor, IndicatorDefinition
from obc.domain.measurement.indicators.person import PersonRecords, Row
from obc.domain.measurement.indicators.sentence import anchor_in_words
from obc.domain.measurement.records.tables import BY_NAME


def units(
    definition: IndicatorDefinition, period: Period, records: PersonRecords, lists: CodeLists
) -> tuple[Case, ...]:
    """The person's units with their anchors, before any condition. A rate over person-time has none."""
    match definition.denominator:
        case EventAnchor() as event:
            return _of_events(event, definition, period, records, lists)
        case CohortAnchor() as cohort:
            anchor = period.start if cohort.cohort == "period start" else period.end
            keys = [records.person_id]
            if definition.counts == "carer":
                keys = sorted(row["carer_id"] for row in records.rows("carers"))
            name = anchor_in_words(definition)
            return tuple(Case(definition.counts, key, anchor, period, records, lists, anchor_name=name) for key in keys)
        case _:
            return ()


def _of_events(
    event: EventAnchor, definition: IndicatorDefinition, period: Period, records: PersonRecords, lists: CodeLists
) -> tuple[Case, ...]:
    key = KEYS[definition.counts]
    first, last = event.days(period)
    rows = [
        row
        for row in records.rows(event.event)
        if passes(row, event.where, lists) and row.get(event.column) is not None and row.get(key) is not None
    ]
    if event.take == "each":
        rows = [row for row in rows if first <= row[event.column] <= last]
    rows.sort(key=lambda row: _order(row, event))
    if not event.rows_are(definition.counts):
        rows = list({row[key]: row for row in reversed(rows)}.values())
    return tuple(
        Case(
            definition.counts,
            row[key],
            row[event.column],
            period,
            records,
            lists,
            moment=row.get("happened_at") if event.timed else None,
            row=row,
            anchor_name=anchor_in_words(definition),
        )
        for row in sorted(rows, key=lambda row: _order(row, event))
        if first <= row[event.column] <= last
    )


def _order(row: Row, event: EventAnchor) -> tuple[object, ...]:
    """Earliest day, then earliest time of day with none last, then smallest key."""
    moment = row.get("happened_at") if event.timed else None
    return row[event.column], moment or datetime.max, tuple(str(row[name]) for name in BY_NAME[event.event].key)
