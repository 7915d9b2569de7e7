"""A secret in a configuration is not shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frrcompile.redact import MASK, Secret, redact, secrets

SECRET = "tops3cret"


@pytest.mark.parametrize(
    "line",
    [
        f" neighbor 192.0.2.1 password {SECRET}",
        f"line 7: % Unknown command: neighbor 192.0.2.1 password {SECRET}",
        f" neighbor 192.0.2.1 password it's {SECRET}",
        f"password {SECRET}",
        f"password 8 {SECRET}",
        f"enable password {SECRET}",
        f" area-password md5 {SECRET} authenticate snp validate",
        f" ip ospf message-digest-key 1 md5 {SECRET}",
        f" ip ospf authentication-key {SECRET}",
        f" ipv6 ospf6 authentication key-id 1 hash-algo md5 key {SECRET}",
        f" ip rip authentication string {SECRET}",
        f"  key-string {SECRET}",
        f" ip nhrp authentication {SECRET}",
        f"  tcp-md5-auth {SECRET}",
        f" neighbor 192.0.2.1 password {SECRET}\n neighbor 192.0.2.2 password {SECRET}",
        f"      password: {SECRET}",
        f"      password: '{SECRET} and more {SECRET}'",
        f'  - {{address: 192.0.2.1, password: "{SECRET}, {SECRET}", port: 1179}}',
        f'"password": "{SECRET}"',
        f" neighbor 192.0.2.1 passwrod {SECRET}",
        f" neighbor 192.0.2.1 pas {SECRET}",
        f"Password {SECRET}",
        f"  key-strng {SECRET}",
        f"  key {SECRET}",
        f" no key {SECRET}",
        f'FRR does not know "key {SECRET}" here',
        f'password"{SECRET}"',
        f" neighbor 192.0.2.1 password'{SECRET}'",
        f" neighbor 192.0.2.1 password={SECRET}",
        f" neighbor 192.0.2.1 passwrd {SECRET}",
        f" neighbor 192.0.2.1 apssword {SECRET}",
        f" neighbor 192.0.2.1 passwort {SECRET}",
        f" nei 192.0.2.1 passw {SECRET}",
        f" ip ospf message-digst-key 1 md5 {SECRET}",
        f" ip ospf message-digest-key {SECRET}",
        f" ip ospf authentcation-key {SECRET}",
        f" isis password clear {SECRET}",
        f"snmp-server community {SECRET} RO",
        f" neighbor 192.0.2.1 tcp-ao 1 key {SECRET}",
        f"mgmt set-config /ietf-key-chain:key-chains/key-chain[name='a']/key[key-id='1']/key-string/keystring {SECRET}",
        f"line 2: % Unknown command: mgmt edit create /frr-vrf:lib json commit {{{SECRET}}}",
        f"mgmt rpc /x {SECRET}",
        f"mg se /x {SECRET}",
        f"m set-conf /x {SECRET}",
    ],
)
def test_the_secret_is_masked(line: str) -> None:
    assert SECRET not in redact(line)
    assert MASK in redact(line)


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        (f" neighbor 192.0.2.1 password {SECRET}", SECRET),
        (f"hostname r1\npassword 8 {SECRET} \r\nhostname r2", SECRET),
        (f"  key-string {SECRET} and more", f"{SECRET} and more"),
        ("router bgp 64514\n neighbor 192.0.2.1 remote-as 64512", None),
    ],
)
def test_secrets_are_found_for_what_quotes_them(line: str, secret: str | None) -> None:
    assert secrets(line) == ({secret} if secret else set())


def test_the_rest_is_kept() -> None:
    text = f"router bgp 1\n neighbor 192.0.2.1 password {SECRET}\n neighbor 192.0.2.1 port 1179\n"
    assert redact(text) == text.replace(SECRET, MASK)


@pytest.mark.parametrize(
    "text",
    [
        "router bgp 64514",
        "router bgp 64514 vrf mgmt",
        "vrf mgmt",
        "interface eth0 vrf mgmt",
        "debug mgmt client frontend",
        "no debug mgmt backend datastore",
        "ip route 192.0.2.0/24 192.0.2.1 nexthop-vrf mgmt",
        "key chain red",
        " password-file: /run/secrets/leaf2",
        "    password-env: LEAF2",
        " neighbor 192.0.2.1 passive",
        " key 1",
        "route-map KEY permit 10",
        " isis passive",
        " passive-interface default",
        "service password-encryption",
        " ip ospf authentication message-digest",
        " ip ospf authentication key-chain red",
        " ip rip authentication mode md5 auth-length rfc",
        "no password",
        "log facility auth",
        'FRR does not know "neighbor 192.0.2.1 password" here',
        "the field `password` is not allowed here",
        " ports 179 and passwords",
        "ip prefix-list password-hosts seq 5 permit 192.0.2.1/32",
    ],
)
def test_what_is_no_secret_is_kept(text: str) -> None:
    assert redact(text) == text


@given(st.text())
def test_a_secret_hides_itself(value: str) -> None:
    secret = Secret(value)
    assert f"{secret} {secret!r} {[secret]}" == f"{MASK} Secret({MASK!r}) [Secret({MASK!r})]"
    assert secret.reveal() == value
