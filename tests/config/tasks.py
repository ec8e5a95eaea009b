"""A task that exists only here."""

from django_tasks import task

from units.models import User


@task
def rename(pk: int, name: str) -> None:
    """Give a person another name, so that the test can see that it ran."""
    User.objects.filter(pk=pk).update(full_name=name)
