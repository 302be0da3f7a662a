"""No tables. Django sends ``post_migrate``, which applies the roles, only to apps that have this module."""
