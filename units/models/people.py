"""People: the account, the post (chức vụ) a person holds at a unit, and the roles granted there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from units import clock
from units.choices import Role
from units.models.org_unit import OrgUnit
from vietnamese.text import nfc

if TYPE_CHECKING:
    from units.models.grants import Grant


def below_any(field: str, paths: tuple[str, ...]) -> Q:
    """A condition: the unit path in ``field`` lies at or below one of the paths; nothing when there is none."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{field}__startswith": path})
    return condition


class UserManager(BaseUserManager["User"]):
    """Creates accounts."""

    def working_at(self, unit_ids: Iterable[int], on: date) -> models.QuerySet[User]:
        """Active people with a post or a role of their own at one of the very units on the day."""
        ids = list(unit_ids)
        posts = Post.objects.in_force(on).filter(unit__in=ids).values("user")
        roles = RoleGrant.objects.in_force(on).filter(unit__in=ids).values("user")
        return self.filter(Q(pk__in=posts) | Q(pk__in=roles), is_active=True)

    def names_of(self, user_ids: Iterable[int | None]) -> dict[int | None, str]:
        """The names of some people by their ids; no query for nobody."""
        ids = {pk for pk in user_ids if pk is not None}
        return dict(self.filter(pk__in=ids).values_list("pk", "full_name")) if ids else {}

    def chosen(self, user_ids: Iterable[int]) -> models.QuerySet[User]:
        """Some people by their ids, in the order of their names."""
        return self.filter(pk__in=list(user_ids)).order_by("full_name", "username")

    def kept_by(self, paths: tuple[str, ...]) -> models.QuerySet[User]:
        """People with a post or a role, past or present, at or below one of the paths."""
        posts = Post.objects.filter(below_any("unit__path", paths)).values("user")
        roles = RoleGrant.objects.filter(below_any("unit__path", paths)).values("user")
        return self.filter(Q(pk__in=posts) | Q(pk__in=roles))

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """An account that can log in; the password is hashed."""
        user = self.model(username=username.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        """An administrator of accounts; sees no figure by this alone."""
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """An account (tài khoản). Name, post, unit, work phone and mail are all it knows of a person."""

    username = models.CharField(
        "tên đăng nhập", max_length=60, unique=True, error_messages={"unique": "Tên đăng nhập này đã có người dùng."}
    )
    full_name = models.CharField("họ và tên", max_length=120)
    work_phone = models.CharField("điện thoại công vụ", max_length=30, blank=True)
    work_email = models.EmailField("thư công vụ", blank=True)
    is_active = models.BooleanField("đang hoạt động", default=True)
    is_staff = models.BooleanField("được vào trang quản trị", default=False)
    must_change_password = models.BooleanField("phải đổi mật khẩu khi đăng nhập", default=False)
    is_demo = models.BooleanField("tài khoản dùng thử", default=False, editable=False)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the name normalised."""
        self.full_name = nfc(self.full_name)
        super().save(*args, **kwargs)

    @cached_property
    def grants(self) -> tuple[Grant, ...]:
        """The roles in force today: own, held in another's place, inherited from a unit before; one query a request."""
        from units.models.grants import grants_of  # stands on this module

        return grants_of(self.pk, clock.today())

    @property
    def lent_grants(self) -> tuple[Grant, ...]:
        """The roles that the person holds in another's place today."""
        return tuple(grant for grant in self.grants if grant.stand_in_id is not None)

    def stand_in_at(self, unit: OrgUnit, *roles: str) -> int | None:
        """The stand-in by which alone the person holds one of the roles at the unit; None where held in own right."""
        held = [grant for grant in self.grants if grant.role in roles and unit.path.startswith(grant.path)]
        if any(grant.stand_in_id is None for grant in held):
            return None
        return next((grant.stand_in_id for grant in held), None)

    @cached_property
    def leads_an_authority(self) -> bool:
        """True for a leader of a body that runs campaigns itself, not only of one above it: one query."""
        led = self.unit_ids_with(Role.LEADER)
        return bool(led) and OrgUnit.objects.filter(pk__in=led, campaigns__isnull=False).exists()

    def has_role(self, *roles: str) -> bool:
        """True when the person holds one of the roles anywhere."""
        return any(grant.role in roles for grant in self.grants)

    def paths_with(self, *roles: str) -> tuple[str, ...]:
        """Tree paths of the units where the person holds one of the roles; they hold there and below."""
        return tuple(sorted({grant.path for grant in self.grants if grant.role in roles}))

    def unit_ids_with(self, *roles: str) -> tuple[int, ...]:
        """The very units at which the roles were granted, nothing below."""
        return tuple(sorted({grant.unit_id for grant in self.grants if grant.role in roles}))

    def holds_at(self, unit: OrgUnit, *roles: str) -> bool:
        """True when the person holds one of the roles at the unit or above it."""
        return any(unit.path.startswith(path) for path in self.paths_with(*roles))

    def get_short_name(self) -> str:
        """The name shown in the page head."""
        return self.full_name or self.username


class InForceQuerySet(models.QuerySet[Any]):
    """Rows that hold from a day to a day."""

    def in_force(self, on: date) -> InForceQuerySet:
        """Rows that hold on the day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on))


class Post(models.Model):
    """A post (chức vụ) held by a person at a unit from a day to a day; apart from the account."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts", verbose_name="người giữ chức vụ")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="posts", verbose_name="đơn vị")
    title = models.CharField("chức vụ", max_length=120)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = "chức vụ"
        verbose_name_plural = "chức vụ"
        ordering = ["unit", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "title"],
                condition=Q(valid_to=None),
                name="post_once_now",
                violation_error_message="Người này đang giữ chức vụ đó tại đơn vị.",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="post_dates_in_order",
                violation_error_message="Ngày thôi giữ chức vụ phải từ ngày nhận chức vụ trở đi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.unit}"


class RoleGrant(models.Model):
    """A role that holds at a unit and below it, from a day to a day."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants", verbose_name="tài khoản")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="role_grants", verbose_name="tại đơn vị")
    role = models.CharField("vai trò", max_length=20, choices=Role.choices)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = "vai trò được giao"
        verbose_name_plural = "vai trò được giao"
        ordering = ["user", "unit", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                condition=Q(valid_to=None),
                name="role_grant_once_now",
                violation_error_message="Tài khoản đã có vai trò này tại đơn vị.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="role_grant_known_role",
                violation_error_message="Vai trò không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="role_grant_dates_in_order",
                violation_error_message="Ngày hết vai trò phải từ ngày bắt đầu trở đi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} tại {self.unit}"


def is_in_force(one: Post | RoleGrant, on: date) -> bool:
    """As ``in_force``, of a row that is at hand."""
    return (one.valid_from is None or one.valid_from <= on) and (one.valid_to is None or one.valid_to >= on)
