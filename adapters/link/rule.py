"""Which addresses are public: all others may lead into the network in which Bareng itself stands."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_NOT_PUBLIC_4 = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "168.63.129.16/32",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
    )
)
"""IANA's special-purpose and multicast registries, and 168.63.129.16, under which Azure's machines find their host.

The metadata services of the other clouds are link-local, shared (100.100.100.200) or assigned by IANA (192.0.0.192).
"""

_UNICAST_6 = ip_network("2000::/3")
_NOT_PUBLIC_6 = tuple(map(ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
"""Of what IANA gives out for global use: tunnels that carry an IPv4 address (Teredo, 6to4), benchmarks, examples."""

_NAT64 = ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether a connection to this address stays outside of every private, local or reserved network.

    Of addresses that carry another only NAT64's well-known ones (RFC 6052) are taken, and judged by what they carry:
    where a network has nothing but IPv6, all IPv4 sites are reached by them.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found in _NAT64:
        found = IPv4Address(found.packed[-4:])
    if isinstance(found, IPv4Address):
        return not any(found in network for network in _NOT_PUBLIC_4)
    return found in _UNICAST_6 and not any(found in network for network in _NOT_PUBLIC_6)
