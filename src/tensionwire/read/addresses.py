"""Which network addresses may be fetched: public ones."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

from tensionwire.errors import InputError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], list[str]]

# Ranges inside which IPv4 addresses are carried: 6to4, NAT64, Teredo (RFC 3056, 6052, 4380).
_CARRIERS = tuple(map(ipaddress.IPv6Network, ("2002::/16", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32")))


def public(text: str) -> bool:
    """True for an address of the public internet.

    >>> [public(a) for a in ("93.184.216.34", "127.0.0.1", "10.1.2.3", "169.254.169.254", "::ffff:10.0.0.1")]
    [True, False, False, False, False]
    """
    try:
        address: Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        elif any(address in carrier for carrier in _CARRIERS):
            return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified or address.is_link_local
    )


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system resolves it."""
    return list(dict.fromkeys(str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def checked(host: str, port: int, *, name: str, allow_private: bool, resolve: Resolver = resolved) -> str:
    """The address to connect to; `InputError` where there is none, or where any of them is not public.

    The connection must go to this very address: a name that is asked again may answer differently.
    """
    try:
        found = resolve(host, port)
    except (OSError, UnicodeError) as fault:
        raise InputError(name, f"the host {host!r} cannot be found", "check the address and the connection") from fault
    if not found:
        raise InputError(name, f"the host {host!r} has no address", "check the address")
    private = [address for address in found if not public(address)]
    if private and not allow_private:
        raise InputError(
            name,
            f"{host!r} is the private address {private[0]}",
            "save the page and give the file, or allow private addresses (--allow-private)",
        )
    return found[0]
