"""The input of a first model: each value is an option and a question, and has a default."""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args

from frrcompile.first.nics import HostNic
from frrcompile.model.values import (
    Address,
    Asn,
    Hint,
    Index,
    Interface,
    InterfaceName,
    NodeName,
    Prefix,
    Prefix4,
    Reads,
    RemoteAs,
    Vni,
    VrfName,
    choice,
)

T = TypeVar("T")

NO_NIC = "eth1"
"""The NIC's name where this host has none: the name in this project's examples."""
FIRST_VNI = 100

Attach = Literal["move", "macvlan"]
"""The ways to attach a NIC that a first model has."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the site."""

    name: str
    index: int


@dataclass(frozen=True, slots=True)
class Nic:
    """A NIC to the fabric; `address` has a prefix length, and is None where the NIC keeps what it has."""

    name: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Tenant:
    """A VRF and the VNI of its L3VNI."""

    name: str
    vni: int


@dataclass(frozen=True, slots=True)
class Answers:
    """All that a first model is made of.

    Without `leaves` the sessions are unnumbered, one over each NIC. `leaf_ases` has one AS for all sessions, or one for each.
    """

    asn: int
    nodes: tuple[Node, ...]
    nics: tuple[Nic, ...]
    attach: str
    leaves: tuple[str, ...]
    leaf_ases: tuple[int | str, ...]
    vtep_pool: str
    router_id_pool: str
    vrfs: tuple[Tenant, ...]
    host_asn: int
    host_pool: str


class WrongAnswer(ValueError):  # noqa: N818 - the sentence is the message
    """An answer that does not fit: the text says what was found and what is allowed."""


@dataclass(frozen=True, slots=True)
class Question:
    """A value to ask for. `read` turns the words of an answer into it, or raises WrongAnswer.

    `default` is the answer where none is given. Where that depends on the host, `find` makes it from the earlier answers and
    the host's NICs, and `default` describes it.
    """

    name: str
    asks: str
    metavar: str
    read: Callable[[Sequence[str]], Any]
    default: str
    find: Callable[[Mapping[str, Any], Sequence[HostNic]], str] | None = None
    many: bool = False

    @property
    def field(self) -> str:
        """Its name in `Answers`."""
        many = {"node": "nodes", "nic": "nics", "leaf": "leaves", "leaf-asn": "leaf_ases", "vrf": "vrfs"}
        return many.get(self.name, self.name.replace("-", "_"))


def _value(kind: Any, text: str) -> Any:
    """What a type of the model reads. Raises WrongAnswer."""
    reads = kind if isinstance(kind, Reads) else next(one for one in get_args(kind) if isinstance(one, Reads))
    try:
        return reads.read(text)
    except ValueError as error:
        hint = f" ({error})" if isinstance(error, Hint) else ""
        raise WrongAnswer(f"found {text!r}; allowed: {reads.allowed}{hint}") from None


def _one(kind: Any) -> Callable[[Sequence[str]], Any]:
    def read(words: Sequence[str]) -> Any:
        if len(words) != 1:
            raise WrongAnswer(f"found {' '.join(words)!r}; allowed: one value")
        return _value(kind, words[0])

    return read


def _text(kind: Any) -> Callable[[Sequence[str]], str]:
    read = _one(kind)
    return lambda words: str(read(words))


def _nodes(words: Sequence[str]) -> tuple[Node, ...]:
    nodes: list[Node] = []
    for word in words:
        name, given, index = word.partition("=")
        nodes.append(Node(_value(NodeName, name), _value(Index, index) if given else len(nodes)))
    _once("node", [node.name for node in nodes])
    _once("index", [node.index for node in nodes])
    return _some("node", tuple(nodes))


def _nics(words: Sequence[str]) -> tuple[Nic, ...]:
    nics = []
    for word in words:
        name, given, address = word.partition("=")
        nics.append(Nic(_value(InterfaceName, name), str(_value(Interface, address)) if given else None))
    _once("NIC", [nic.name for nic in nics])
    return _some("NIC", tuple(nics))


def _leaves(words: Sequence[str]) -> tuple[str, ...]:
    leaves = [str(_value(Address, word)) for word in words]
    _once("leaf", leaves)
    return tuple(leaves)


def _ases(words: Sequence[str]) -> tuple[int | str, ...]:
    return _some("AS", tuple(_value(RemoteAs, word) for word in words))


def _vrfs(words: Sequence[str]) -> tuple[Tenant, ...]:
    vrfs: list[Tenant] = []
    for word in words:
        name, given, vni = word.partition("=")
        vrfs.append(Tenant(_value(VrfName, name), _value(Vni, vni) if given else FIRST_VNI * (len(vrfs) + 1)))
    _once("VRF", [vrf.name for vrf in vrfs])
    _once("VNI", [vrf.vni for vrf in vrfs])
    return tuple(vrfs)


def _once(what: str, values: Sequence[object]) -> None:
    twice = next((value for value in values if values.count(value) > 1), None)
    if twice is not None:
        raise WrongAnswer(f"{what} {twice} is there twice")


def _some(what: str, values: tuple[T, ...]) -> tuple[T, ...]:
    if not values:
        raise WrongAnswer(f"at least one {what} is needed")
    return values


def _this_host(_given: Mapping[str, Any], _nics: Sequence[HostNic]) -> str:
    """This host's name as Kubernetes names a node, or a name that always fits."""
    name = platform.node().split(".")[0].lower()
    try:
        _value(NodeName, name)
    except WrongAnswer:
        return "node-0"
    return name


def _first_nic(_given: Mapping[str, Any], nics: Sequence[HostNic]) -> str:
    return next((nic.name for nic in nics), NO_NIC)


def _attach(given: Mapping[str, Any], nics: Sequence[HostNic]) -> str:
    """A NIC with the host's default route stays on the host."""
    leaving = {nic.name for nic in nics if nic.default_route}
    return "macvlan" if leaving & {nic.name for nic in given["nics"]} else "move"


QUESTIONS = (
    Question("asn", "AS of the nodes", "AS", _one(Asn), "64514"),
    Question("node", "names of the nodes", "NAME[=INDEX]", _nodes, "this host", _this_host, many=True),
    Question("nic", "NICs to the fabric", "NIC[=ADDRESS/LENGTH]", _nics, "a NIC of this host", _first_nic, many=True),
    Question(
        "attach",
        "how a NIC comes: it moves to FRR, or FRR gets a macvlan of it",
        "|".join(get_args(Attach)),
        _one(choice(Attach)),
        "move",
        _attach,
    ),
    Question("leaf", "addresses of the leaves; none for unnumbered sessions", "ADDRESS", _leaves, "", many=True),
    Question(
        "leaf-asn",
        "AS of the leaves, one for all or one for each; external for any other AS",
        "AS",
        _ases,
        "external",
        many=True,
    ),
    Question("vtep-pool", "prefix of the VTEP addresses", "PREFIX", _text(Prefix), "100.65.0.0/24"),
    Question("router-id-pool", "prefix of the BGP router ids", "PREFIX", _text(Prefix4), "10.0.0.0/24"),
    Question("vrf", "VRFs", "NAME[=VNI]", _vrfs, "red", many=True),
    Question("host-asn", "AS of the BGP speaker on the hosts, such as frr-k8s", "AS", _one(Asn), "64515"),
    Question(
        "host-pool",
        "prefix of the veths to the hosts; each VRF takes a /24 of it",
        "PREFIX",
        _text(Prefix4),
        "10.249.0.0/16",
    ),
)
"""All questions, in the order in which they are asked."""


def answer(
    given: Mapping[str, Sequence[str]],
    nics: Sequence[HostNic],
    ask: Callable[[Question, str], Sequence[str]] | None = None,
) -> Answers:
    """The answers: what is `given` by a question's name, what `ask` gets for the others, else their defaults.

    `ask` is given the question and its default. Raises WrongAnswer, whose text begins with the option's name.
    """
    found: dict[str, Any] = {}
    for question in QUESTIONS:
        default = question.find(found, nics) if question.find else question.default
        words = given.get(question.name)
        if words is None:
            words = ask(question, default) if ask else default.split()
        try:
            found[question.field] = question.read(words)
        except WrongAnswer as error:
            raise WrongAnswer(f"--{question.name}: {error}") from None
    answers = Answers(**found)
    _together(answers)
    return answers


def _together(answers: Answers) -> None:
    """Checks the answers against each other. Raises WrongAnswer."""
    if len(answers.nodes) > 1 and any(nic.address for nic in answers.nics):
        said = "an address is one node's; leave it out, and write it in the model, under `nodes.NAME.override`"
        raise WrongAnswer(f"--nic: {said}")
    sessions = len(answers.leaves or answers.nics)
    if len(answers.leaf_ases) not in (1, sessions):
        said = f"found {len(answers.leaf_ases)} ASes; allowed: one for all sessions, or one for each ({sessions} here)"
        raise WrongAnswer(f"--leaf-asn: {said}")
    if answers.attach == "macvlan" and answers.leaves and not any(nic.address for nic in answers.nics):
        said = "a macvlan has no address by itself; say --nic NIC=ADDRESS/LENGTH, or leave --leaf out for unnumbered sessions"
        raise WrongAnswer(f"--leaf: {said}")
