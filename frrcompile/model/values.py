"""The scalar types of the model: each reads the text that was written and says what it would have taken.

A scalar arrives as the text of the YAML (see `load`), so nothing was lost or reinterpreted on the way.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from frrcompile.diagnostics import nearest
from frrcompile.facts.as_paths import CHARACTERS, compiled
from frrcompile.facts.communities import IN_RFCS, WELL_KNOWN
from frrcompile.redact import Secret, redact

Ipv4 = ipaddress.IPv4Address
Ipv6 = ipaddress.IPv6Address
Ipv4Interface = ipaddress.IPv4Interface
Ipv6Interface = ipaddress.IPv6Interface
Ipv4Network = ipaddress.IPv4Network
Ipv6Network = ipaddress.IPv6Network


class Reads:
    """Pydantic metadata: `read` turns text into a value or raises ValueError; `allowed` completes "allowed: ..."."""

    __slots__ = ("allowed", "read", "schema", "secret")

    def __init__(
        self, read: Callable[[str], Any], allowed: str, schema: Mapping[str, Any] | None = None, *, secret: bool = False
    ) -> None:
        self.read = read
        self.allowed = allowed
        self.schema = schema or {}
        self.secret = secret

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The field's value is what `read` makes of it."""
        return core_schema.no_info_plain_validator_function(self._check)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """What an editor may check while a model is written."""
        return {"type": ["string", "integer"], **self.schema}

    def _check(self, value: object) -> Any:
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            kind = {type(None): "nothing", dict: "a mapping", list: "a list", bool: "a truth value"}.get(
                type(value), "something else"
            )
            raise PydanticCustomError(
                "frr_value", "found {found}; allowed: {allowed}", {"found": kind, "allowed": self.allowed}
            )
        try:
            return self.read(value)
        except ValueError as error:
            found = "a value that does not fit" if self.secret else repr(redact(value)) if value else "an empty text"
            context = {"found": found, "allowed": self.allowed, "hint": str(error) if isinstance(error, Hint) else ""}
            raise PydanticCustomError("frr_value", "found {found}; allowed: {allowed}", context) from None


class Hint(ValueError):  # noqa: N818 - it advises more than it objects
    """A refusal with advice: its text is shown as help beside the message."""


def _integer(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]+", text) or not low <= int(text[:20]) <= high:
            raise without_unit(text) or ValueError
        if len(text) > 1 and text[0] == "0":
            raise Hint(f"write {int(text)}: a number does not begin with 0")
        return int(text)

    return read


def without_unit(text: str) -> Hint | None:
    """Advice on a number with a unit, such as `9s`; None for any other text."""
    match = re.fullmatch(r"[0-9]{1,10} ?([A-Za-z]{1,12})", text)
    return Hint(f"leave out the {match[1]}: {text[: match.start(1)].strip()}") if match else None


def whole(low: int, high: int, what: str = "a whole number", unit: str = "") -> Reads:
    """A whole number from `low` to `high`."""
    allowed = f"{what} from {low} to {high}" + (f" {unit}" if unit else "")
    return Reads(_integer(low, high), allowed, {"type": "integer", "minimum": low, "maximum": high})


def choice(words_of: Any) -> Reads:
    """One of the words of a Literal."""
    words: tuple[str, ...] = get_args(words_of)

    def read(text: str) -> str:
        if text in words:
            return text
        # `ipv4` of ipv4-unicast, `evpn` of l2vpn-evpn
        having = (word for word in words if text.lower() in word.split("-"))
        near = next(having, None) or nearest(text, words)
        raise Hint(f"did you mean {near!r}?") if near else ValueError

    return Reads(
        read,
        " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words),
        {"type": "string", "enum": [*words]},
    )


def pattern(regex: str, allowed: str) -> Reads:
    """Text that a regular expression matches as a whole."""

    def read(text: str) -> str:
        if not re.fullmatch(regex, text):  # compiled when first asked for, and kept by `re`
            raise ValueError
        return text

    return Reads(read, allowed, {"type": "string", "pattern": f"^(?:{regex})$"})


def _table(text: str) -> int:
    """Linux reserves 253 (default), 254 (main) and 255 (local), include/uapi/linux/rtnetlink.h."""
    table = _integer(1, 4294967295)(text)
    if 253 <= table <= 255:
        raise Hint("Linux keeps 253 to 255 for its tables default, main and local")
    return table


def read_truth(text: str) -> bool:
    """YAML 1.1's words for a truth value, in any case."""
    words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    return words[text.lower()] if text.lower() in words else _refuse()


def _refuse() -> Any:
    raise ValueError


def _asn(text: str) -> int:
    if match := re.fullmatch(r"([0-9]{1,5})\.([0-9]{1,5})", text):
        high, low = int(match[1]), int(match[2])
        if high > 0xFFFF or low > 0xFFFF or not high << 16 | low:
            raise ValueError
        return high << 16 | low
    return _integer(1, 4294967295)(text)


def _as_range(text: str) -> range:
    first, hyphen, last = text.partition("-")
    if not hyphen:
        raise Hint("write the first AS, a hyphen and the last one")
    found = range(_asn(first.strip()), _asn(last.strip()) + 1)
    if not found:
        raise Hint("the first AS is not higher than the last one")
    return found


def _remote_as(text: str) -> int | str:
    if text in ("external", "internal"):
        return text
    if re.fullmatch(r"[0-9.]+", text):
        return _asn(text)
    near = nearest(text, ("external", "internal"))
    raise Hint(f"did you mean {near!r}?") if near else ValueError


def read_address(text: str, version: int | None) -> Ipv4 | Ipv6:
    """An address of the IP version, or of any. Raises ValueError."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        if "/" in text:
            raise Hint("an address here has no prefix length") from None
        raise
    if version and address.version != version:
        raise Hint(f"this is an IPv{address.version} address, IPv{version} is meant here")
    if isinstance(address, Ipv6) and address.scope_id:
        raise Hint("an address here has no zone (%...)")
    return address


def _interface(text: str, version: int | None) -> Ipv4Interface | Ipv6Interface:
    if "/" not in text:
        raise Hint("the prefix length is missing, as in 192.0.2.1/24 or 2001:db8::1/64")
    interface = ipaddress.ip_interface(text)
    if version and interface.version != version:
        raise Hint(f"this is an IPv{interface.version} address, IPv{version} is meant here")
    if not text.rsplit("/", 1)[1].isdecimal():
        raise Hint("write the prefix as a length, as in /24")
    return interface


def _network(text: str, version: int | None) -> Ipv4Network | Ipv6Network:
    interface = _interface(text, version)
    if interface.ip != interface.network.network_address:
        raise Hint(f"bits are set beyond the prefix length; the prefix is {interface.network}")
    return interface.network


def _mac(text: str) -> str:
    if not re.fullmatch(r"[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}", text):
        raise ValueError
    if int(text[:2], 16) & 1:
        raise Hint("this is a multicast address: the lowest bit of the first byte is set")
    if text == "00:00:00:00:00:00":
        raise Hint("an interface cannot have the all-zero address")
    return text.lower()


def read_interface_name(text: str) -> str:
    """Linux's rule (net/core/dev.c, dev_valid_name): at most 15 bytes, no `/`, `:` or blank, not `.` or `..`."""
    if (
        not text
        or len(text.encode()) > 15
        or text in (".", "..")
        or re.search(r"[/:\s]", text)
        or not text.isprintable()
    ):
        raise ValueError
    return text


def _administered(text: str) -> str:
    """A route target or the value of a route distinguisher: AS:number or IPv4:number (RFC 4364, section 4.2)."""
    match = re.fullmatch(r"([0-9.]+):([0-9]+)", text)
    if not match or len(match[2]) > 10:
        raise ValueError
    number = int(match[2])
    if "." in match[1]:
        administrator, limit = str(ipaddress.IPv4Address(match[1])), 0xFFFF
    else:
        asn = _integer(0, 4294967295)(match[1])
        administrator, limit = str(asn), 0xFFFFFFFF if asn <= 0xFFFF else 0xFFFF
    if number > limit:
        raise Hint(f"after {administrator}: at most {limit} fits")
    return f"{administrator}:{number}"


def _import_target(text: str) -> str:
    if text.startswith("*:"):
        number = _integer(0, 4294967295)(text[2:])
        return f"*:{number}"
    return _administered(text)


def _exact_target(text: str) -> str:
    if text.startswith("*:"):
        raise Hint("only `import-rts` of an L3VNI may leave the AS open")
    return _administered(text)


def _model_version(text: str) -> int:
    if text == "1":
        return 1
    raise Hint("another version of frrcompile reads this model" if text.isdecimal() else "write 1, or leave it out")


def _as_path(text: str) -> str:
    if not re.fullmatch(f"[{CHARACTERS}]+( [{CHARACTERS}]+)*", text):
        raise ValueError
    try:
        compiled(text)
    except re.error as error:
        raise Hint(f"this is not a regular expression: {error.msg}") from None
    return text


def community_number(community: str) -> int:
    """The 32 bits of a community, by which FRR orders them."""
    high, low = WELL_KNOWN.get(community) or map(int, community.split(":"))
    return high << 16 | low


def _community(text: str) -> str:
    if text in IN_RFCS:
        return text
    match = re.fullmatch(r"(0|[1-9][0-9]{0,4}):(0|[1-9][0-9]{0,4})", text)
    if not match:
        near = nearest(text, IN_RFCS)
        raise Hint(f"did you mean {near!r}?") if near else ValueError
    if int(match[1]) > 0xFFFF or int(match[2]) > 0xFFFF:
        raise ValueError
    if int(match[1]) == 0xFFFF:
        raise Hint("communities of 65535 are reserved; write the well-known ones by name: " + ", ".join(IN_RFCS))
    return text


def _large_community(text: str) -> str:
    match = re.fullmatch(r"(0|[1-9][0-9]{0,9}):(0|[1-9][0-9]{0,9}):(0|[1-9][0-9]{0,9})", text)
    if not match or any(int(part) > 0xFFFFFFFF for part in match.groups()):
        raise ValueError
    return text


def _extended_community(text: str) -> str:
    kind, _, value = text.partition(" ")
    if kind not in ("rt", "soo"):
        raise ValueError
    return f"{kind} {_administered(value.strip())}"


def _line(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError
    return " ".join(text.split())


def _password(text: str) -> Secret:
    if not 1 <= len(text) <= 128 or not text.isprintable() or " " in text or not text.isascii():
        raise ValueError
    return Secret(text)


_V4 = "an IPv4 address such as 192.0.2.1"
_V6 = "an IPv6 address such as 2001:db8::1"

Truth = Annotated[bool, Reads(read_truth, "true or false", {"type": "boolean"})]
Asn = Annotated[
    int, Reads(_asn, "an AS number from 1 to 4294967295, or in the form 64512.1", {"minimum": 1, "maximum": 4294967295})
]
AsRange = Annotated[
    range,
    Reads(_as_range, "two AS numbers with a hyphen between them, such as 4200000000-4200000999", {"type": "string"}),
]
RemoteAs = Annotated[
    int | Literal["internal", "external"],
    Reads(
        _remote_as,
        "an AS number from 1 to 4294967295, or in the form 64512.1, external or internal",
        {"minimum": 1, "maximum": 4294967295},
    ),
]
Vni = Annotated[int, whole(1, 16777215, "a VNI")]
Table = Annotated[
    int,
    Reads(
        _table,
        "a kernel routing table from 1 to 4294967295 but 253 to 255",
        {"type": "integer", "minimum": 1, "maximum": 4294967295},
    ),
]
Index = Annotated[int, whole(0, 65535, "a node index")]
Sequence = Annotated[int, whole(1, 65535, "a sequence number")]
Port = Annotated[int, whole(1, 65535, "a port")]
Mtu = Annotated[int, whole(1280, 65535, "an MTU", "bytes")]

Address4 = Annotated[Ipv4, Reads(lambda text: read_address(text, 4), _V4, {"type": "string", "format": "ipv4"})]
Address6 = Annotated[Ipv6, Reads(lambda text: read_address(text, 6), _V6, {"type": "string", "format": "ipv6"})]
Address = Annotated[
    Ipv4 | Ipv6, Reads(lambda text: read_address(text, None), "an IPv4 or IPv6 address", {"type": "string"})
]
Interface4 = Annotated[
    Ipv4Interface,
    Reads(lambda text: _interface(text, 4), "an IPv4 address with its length such as 192.0.2.1/24", {"type": "string"}),
]
Interface6 = Annotated[
    Ipv6Interface,
    Reads(
        lambda text: _interface(text, 6), "an IPv6 address with its length such as 2001:db8::1/64", {"type": "string"}
    ),
]
Interface = Annotated[
    Ipv4Interface | Ipv6Interface,
    Reads(
        lambda text: _interface(text, None),
        "an address with its length such as 192.0.2.1/24 or 2001:db8::1/64",
        {"type": "string"},
    ),
]
Prefix4 = Annotated[
    Ipv4Network, Reads(lambda text: _network(text, 4), "an IPv4 prefix such as 192.0.2.0/24", {"type": "string"})
]
Prefix6 = Annotated[
    Ipv6Network, Reads(lambda text: _network(text, 6), "an IPv6 prefix such as 2001:db8::/64", {"type": "string"})
]
Prefix = Annotated[
    Ipv4Network | Ipv6Network,
    Reads(lambda text: _network(text, None), "a prefix such as 192.0.2.0/24 or 2001:db8::/64", {"type": "string"}),
]
Mac = Annotated[str, Reads(_mac, "a unicast MAC address such as 02:00:00:00:00:01", {"type": "string"})]

_ADMINISTERED = "in the form AS:number (64512:100, 4200000000:100) or IPv4:number (192.0.2.1:100)"
ImportTarget = Annotated[str, Reads(_import_target, f"a route target {_ADMINISTERED}, or *:NUMBER", {"type": "string"})]
AsPathRegex = Annotated[
    str, Reads(_as_path, "a regular expression over an AS path, such as ^64512_ or _65000$", {"type": "string"})
]
RouteTarget = Annotated[str, Reads(_exact_target, f"a route target {_ADMINISTERED}", {"type": "string"})]
RouteDistinguisher = Annotated[str, Reads(_administered, f"a route distinguisher {_ADMINISTERED}", {"type": "string"})]
Community = Annotated[
    str, Reads(_community, "a community such as 65000:1, or " + ", ".join(IN_RFCS), {"type": "string"})
]
LargeCommunity = Annotated[str, Reads(_large_community, "a large community such as 65000:1:2", {"type": "string"})]
ExtendedCommunity = Annotated[
    str, Reads(_extended_community, "an extended community such as `rt 65000:1` or `soo 65000:1`", {"type": "string"})
]

InterfaceName = Annotated[
    str,
    Reads(
        read_interface_name,
        "an interface name: at most 15 bytes, without '/', ':' or blanks",
        {"type": "string", "minLength": 1, "maxLength": 15},
    ),
]
VrfName = Annotated[
    str,
    pattern(
        r"[a-zA-Z][a-zA-Z0-9_-]{0,14}", "a VRF name: a letter, then letters, digits, '_' or '-', at most 15 characters"
    ),
]
NodeName = Annotated[
    str,
    pattern(
        r"[a-z0-9A-Z](?:[a-z0-9A-Z._-]{0,251}[a-z0-9A-Z])?",
        "a node name: letters, digits, '.', '_' and '-', at most 253 characters",
    ),
]
PolicyName = Annotated[
    str, pattern(r"[A-Za-z0-9_.:-]{1,63}", "a name: letters, digits, '_', '.', ':' and '-', at most 63 characters")
]
FilePath = Annotated[str, pattern(r"/[\x21-\x7e]{1,254}", "an absolute path without blanks")]
ModelVersion = Annotated[
    int, Reads(_model_version, "1, the version of the models that this frrcompile reads", {"enum": [1]})
]
SecretPath = Annotated[str, pattern(r"[\x21-\x7e]{1,255}", "a path without blanks")]
FrrWords = Annotated[str, Reads(_line, "words of one FRR command", {"type": "string"})]
Password = Annotated[
    Secret,
    Reads(
        _password,
        "1 to 128 printable ASCII characters without blanks",
        {"type": "string", "writeOnly": True},
        secret=True,
    ),
]
