"""The only source of "now", so that dates can be tested."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

Clock = Callable[[], datetime]

#: Vietnam keeps UTC+7 all year (no daylight saving time).
VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")


def utc_now() -> datetime:
    """Return the current moment, aware, in UTC."""
    return datetime.now(timezone.utc)


def vietnam_date(moment: datetime) -> date:
    """Return the calendar day in Vietnam at ``moment`` (aware)."""
    return moment.astimezone(VIETNAM).date()
