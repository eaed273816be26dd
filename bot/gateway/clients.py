"""Who is calling: the client's address, through proxies that are trusted."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from starlette.requests import HTTPConnection

from bot.errors import SettingsError

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_IPV6_CUSTOMER_BITS = 64


class Clients:
    """Reads client addresses; ``X-Forwarded-For`` counts only from trusted proxies."""

    def __init__(self, trusted_proxies: Sequence[str]) -> None:
        """Trust these addresses or networks.

        Raises:
            SettingsError: One of them is not an address or network.
        """
        try:
            self._trusted = [
                ipaddress.ip_network(proxy.strip(), strict=False)
                for proxy in trusted_proxies
            ]
        except ValueError as error:
            raise SettingsError(
                f"ICTBOT_TRUSTED_PROXIES: {error}; list addresses or networks,"
                " separated by commas"
            ) from error

    def key(self, connection: HTTPConnection) -> str:
        """Return what this client is counted under; a /64 of IPv6 is one client."""
        address = self._address(connection)
        if isinstance(address, ipaddress.IPv6Address):
            return str(
                ipaddress.ip_network((address, _IPV6_CUSTOMER_BITS), strict=False)
            )
        return str(address)

    def is_local(self, connection: HTTPConnection) -> bool:
        """Return whether the call comes from this machine or a private network.

        A call that was forwarded by a proxy nobody trusts may come from anywhere.
        """
        peer = _parse(connection.client.host if connection.client else "")
        if "x-forwarded-for" in connection.headers and not self._is_trusted(peer):
            return False
        address = self._address(connection)
        return address is not None and (address.is_private or address.is_loopback)

    def _address(self, connection: HTTPConnection) -> _Address | None:
        address = _parse(connection.client.host if connection.client else "")
        if not self._is_trusted(address):
            return address
        hops = ",".join(connection.headers.getlist("x-forwarded-for")).split(",")
        for hop in reversed(hops):
            forwarded = _parse(hop)
            if forwarded is None:
                break
            address = forwarded
            if not self._is_trusted(forwarded):
                break
        return address

    def _is_trusted(self, address: _Address | None) -> bool:
        return address is not None and any(address in net for net in self._trusted)


def _parse(host: str) -> _Address | None:
    try:
        address = ipaddress.ip_address(host.strip())
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address
