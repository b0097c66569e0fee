"""The templates' language: Jinja2 with the components of the NHS design system."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from obc.bootstrap import people
from obc.bootstrap.programmes import HeldProgramme
from obc.domain.contract.workflow.rights import Right
from obc.web import words
from obc.web.access import Visit, now
from obc.web.parties import named


def environment(**options: Any) -> Environment:
    """Django's options, the design system's macros after our own templates, and the few functions that pages need."""
    loader = ChoiceLoader([options.pop("loader"), PackageLoader("nhsuk_frontend_jinja")])
    options["undefined"] = ChainableUndefined  # the design system's macros look into parameters that are not given
    made = Environment(loader=loader, trim_blocks=True, **options)
    made.globals.update(
        static=static,
        url=lambda name, *parts: reverse(name, args=parts),
        get_messages=messages.get_messages,
        sections=sections,
        rights=Right,
        demo=settings.DEMO,
        now=now,
        named=named,
    )
    made.filters.update({name: getattr(words, name) for name in words.FILTERS}, person=people.called)
    return made


def sections(visit: Visit) -> tuple[tuple[str, str, bool], ...]:
    """The parts of a contract, or of a programme: name, address, whether the visitor may go there."""
    if isinstance(visit.held, HeldProgramme):
        parts = (
            ("Programme", "programme.overview", Right.READ_PROGRAMME),
            ("Plan", "plan.tasks", Right.READ_PROGRAMME),
            ("Risks", "risks.register", Right.READ_PROGRAMME),
            ("Levers", "levers.catalogue", Right.READ_PROGRAMME),
            ("Engagement", "engagement.heard", Right.READ_PROGRAMME),
            ("Route", "procurement.route", Right.READ_PROGRAMME),
            ("Assessment", "assessment.bidders", Right.READ_PROGRAMME),
            ("Papers", "runs.papers", Right.READ_PROGRAMME),
            ("Audit", "audit.programme_trail", Right.READ_AUDIT),
        )
        return _may(visit, parts)
    parts = (
        ("Contract", "contracts.home", Right.READ_CONTRACT),
        ("Outcomes", "contracts.framework", Right.READ_CONTRACT),
        ("Figures", "submissions.listed", Right.READ_AGREED),
        ("Changes", "variations.listed", Right.READ_CONTRACT),
        ("Worked out", "runs.listed", Right.READ_WORKING),
        ("Published", "published.published", Right.READ_PUBLISHED),
        ("Audit", "audit.trail", Right.READ_AUDIT),
        ("Keys", "keys.listed", Right.READ_CONTRACT),
        ("People", "people.listed", Right.MANAGE_PEOPLE),
    )
    return _may(visit, parts)


def _may(visit: Visit, parts: tuple[tuple[str, str, Right], ...]) -> tuple[tuple[str, str, bool], ...]:
    return tuple((name, reverse(page, args=[visit.held.id]), visit.may(right)) for name, page, right in parts)
