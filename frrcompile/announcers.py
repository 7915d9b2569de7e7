"""The words that announce a secret, with a column for each use of them."""

from __future__ import annotations

from typing import NamedTuple


class Announcer(NamedTuple):
    """A word that stands before a secret, or in the name of a field that holds one.

    `least` is the number of letters from which FRR completes the word (or from which it is taken for the word); 0 where FRR does
    not have it before a secret. `foreign` marks words of other routers, whose configurations are pasted too. `field`
    is the pattern of field names that announce a secret, in YAML, JSON and `key=value`.
    """

    word: str
    least: int = 0
    foreign: bool = False
    field: str = ""


# FRR's own are from its manual: "Terminal Mode Commands", "BGP", "OSPF", "IS-IS", "RIP", "LDP", "key chain".
ANNOUNCERS = (
    Announcer("password", least=8, field="pass(?!ive|thr|port)"),
    Announcer("area-password", least=6),
    Announcer("domain-password", least=8),
    Announcer("encrypted-password", foreign=True),
    Announcer("passphrase", foreign=True),
    Announcer("pwd", field="pwd"),
    Announcer("secret", foreign=True, field="secret"),
    Announcer("shared-secret", foreign=True),
    Announcer("psk", foreign=True, field="psk"),
    Announcer("token", foreign=True, field="token"),
    Announcer("credential", field="credential"),
    Announcer("md5", field="md5"),
    Announcer("tcp-md5-auth", least=5),
    Announcer("key-string", least=5),
    Announcer("authentication-key", least=16),
    Announcer("message-digest-key", least=8),
    Announcer("auth-key", field="auth[_-]?key"),
    Announcer("private-key", field="private[_-]?key"),
    Announcer("pre-shared-key", foreign=True, field="shared[_-]?key"),
)
