"""The room as Django knows it."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Tables and migrations of the store."""

    name = "obc.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
