"""Public addresses are told from all others."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from adapters.link.rule import is_public

INSIDE = (
    "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255",
    "127.0.0.1", "127.255.255.254", "168.63.129.16", "169.254.0.1", "169.254.169.254", "172.16.0.0", "172.31.255.255",
    "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.0", "192.168.255.255", "198.18.0.1", "198.19.255.255",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::10.0.0.1",
    "64:ff9b::169.254.169.254", "64:ff9b:1::8.8.8.8", "100::1", "2001::1", "2001:2::1", "2001:db8::1",
    "2002:7f00:1::", "2002:808:808::", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fd20:ce::254", "fe80::1",
    "fe80::1%eth0", "fec0::1", "ff02::1", "4000::1",
)  # fmt: skip
OUTSIDE = (
    "1.0.0.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
    "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0",
    "198.17.255.255", "198.20.0.0", "223.255.255.255", "2001:200::1", "2606:4700::1111", "2a00:1450::1",
    "64:ff9b::8.8.8.8",
)  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_what_may_be_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_its_neighbours_outside_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("text", ["", "school.example", "2130706433", "0177.0.0.1", "0x7f.1", "127.1", "08.8.8.8"])
def test_what_is_no_address_is_not_public(text: str) -> None:
    assert not is_public(text)


@given(st.ip_addresses())
@example(ip_address("10.0.0.1"))
@example(ip_address("fd00::1"))
def test_nothing_that_python_knows_as_special_is_public(address: IPv4Address | IPv6Address) -> None:
    assume(address not in ip_network("64:ff9b::/96"))
    special = not address.is_global or address.is_multicast or address.is_reserved or address.is_link_local
    assert not (special and is_public(str(address)))
