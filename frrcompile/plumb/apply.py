"""Carries out operations: messages are sent in batches, in the order of the operations.

A message that names a link by its interface index can only be written when the link is there. So what is queued is sent as
soon as an index is needed that is not known yet, and the names are read again: once behind all new links.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from frrcompile.plumb.encode import Encoder
from frrcompile.plumb.netlink import Failure, Message
from frrcompile.plumb.observe import SYSCTLS, Sockets, numbers_of
from frrcompile.plumb.observed import Kernel
from frrcompile.plumb.operations import (
    AddAddress,
    AddLink,
    AddNeighbor,
    AddOvsPort,
    AddRoute,
    AddRule,
    MoveLink,
    Operation,
    RemoveAddress,
    RemoveLink,
    RemoveNeighbor,
    RemoveOvsPort,
    RemoveRoute,
    RemoveRule,
    SetLink,
    SetSysctl,
)
from frrcompile.plumb.state import SIDES, Link, OvsPort, Port, Side, Veth, Vrf, Vxlan

SwitchPort = Callable[[OvsPort, bool], None]
"""Adds (True) or removes a port of Open vSwitch; raises OSError."""


class ApplyError(Exception):
    """An operation failed. The message says which, why, and how many operations were done before it."""


class _Queued(NamedTuple):
    message: Message
    operations: Sequence[Operation]


class Applying:
    """Operations on their way into the kernel."""

    def __init__(
        self, sockets: Sockets, own_descriptor: int, kernel: Kernel, owner: str, switch_port: SwitchPort
    ) -> None:
        self._sockets = sockets
        self._switch_port = switch_port
        self._numbers: dict[Side, dict[str, int]] = {
            side: {name: seen.number for name, seen in kernel.side(side).links.items()} for side in SIDES
        }
        descriptors: dict[Side, int] = {"host": own_descriptor, "router": sockets.netns.descriptor}
        self._encoder = Encoder(owner, descriptors, self._number)
        self._queue: list[_Queued] = []
        self._side: Side = "router"
        self._done = 0

    def carry_out(self, operations: Sequence[Operation]) -> None:
        """Does them. Raises ApplyError at the first that fails, with those behind it not done, or done by a later `apply`."""
        for kind, group in groupby(operations, _phase):
            some = list(group)
            if kind is AddLink:
                self._add_links([one for one in some if isinstance(one, AddLink)])
            elif kind is SetSysctl:
                self._flush()
                self._set_sysctls([one for one in some if isinstance(one, SetSysctl)])
            elif kind is AddOvsPort:
                self._flush()
                self._set_ports(some)
            else:
                self._others(some)
        self._flush()

    def _add_links(self, operations: list[AddLink]) -> None:
        for operation in operations:
            side, message = self._encoder.add_link(operation)
            self._put(side, message, [operation])
        marks: dict[Side, list[_Queued]] = {side: [] for side in SIDES}
        for operation in operations:
            for side, link in _made(operation):
                marks[side].append(_Queued(self._encoder.mark_link(link.name), [operation]))
                self._numbers[side].pop(link.name, None)
        for side in SIDES:
            for mark in marks[side]:
                self._put(side, mark.message, mark.operations)

    def _others(self, operations: list[Operation]) -> None:
        for fields in _merged(operations):
            first = fields[0]
            match first:
                case SetLink(side, name, "port", _, Port() as port):
                    self._put(side, self._encoder.set_port(side, name, port), fields)
                case SetLink(side, name):
                    settings = [one for one in fields if isinstance(one, SetLink)]
                    self._put(side, self._encoder.set_link(side, name, settings), fields)
                case RemoveLink(side, link):
                    self._put(side, self._encoder.remove_link(first), fields)
                    self._numbers[side].pop(link.name, None)
                case MoveLink(name, source):
                    self._put(source, self._encoder.move_link(first), fields)
                    self._numbers[source].pop(name, None)
                    self._numbers[first.target].pop(name, None)
                case AddAddress() | RemoveAddress():
                    self._put(first.side, self._encoder.address(first), fields)
                case AddRoute() | RemoveRoute():
                    self._put(first.side, self._encoder.route(first), fields)
                case AddRule() | RemoveRule():
                    self._put(first.side, self._encoder.rule(first), fields)
                case AddNeighbor() | RemoveNeighbor():
                    self._put(first.side, self._encoder.neighbor(first), fields)

    def _number(self, side: Side, name: str) -> int:
        """The interface index of a link; what is queued is sent first where it is not known."""
        if name not in self._numbers[side]:
            self._flush()
            self._numbers[side] = numbers_of(self._sockets.side(side))
        if name not in self._numbers[side]:
            raise ApplyError(f"{name} is gone from the {side}: something else removed it; {self._so_far()}")
        return self._numbers[side][name]

    def _put(self, side: Side, message: Message, operations: Sequence[Operation]) -> None:
        if side != self._side:
            self._flush()
            self._side = side
        self._queue.append(_Queued(message, operations))

    def _flush(self) -> None:
        queue, self._queue = self._queue, []
        failures = self._sockets.side(self._side).send([one.message for one in queue])
        real = [one for one in failures if not _harmless(one, queue[one.place].operations)]
        if real:
            first = real[0]
            self._done += first.place
            operation = queue[first.place].operations[0]
            raise ApplyError(f"{operation.words}: {reason(operation, first)}; {self._so_far()}")
        if failures:  # harmless ones ended the batch early: the rest is still to be sent
            rest = failures[-1].place + 1
            batch_end = -(-rest // 64) * 64
            self._done += min(batch_end, len(queue))
            self._queue = queue[batch_end:]
            self._flush()
        else:
            self._done += len(queue)

    def _set_sysctls(self, operations: list[SetSysctl]) -> None:
        def write() -> None:
            for one in operations:
                try:
                    (SYSCTLS / one.sysctl.key).write_text(one.sysctl.value)
                except OSError as error:
                    raise ApplyError(f"{one.words}: {error.strerror}; {self._so_far()}") from None
                self._done += 1

        self._sockets.netns.call(write)

    def _set_ports(self, operations: list[Operation]) -> None:
        for one in operations:
            assert isinstance(one, AddOvsPort | RemoveOvsPort)
            try:
                self._switch_port(one.port, isinstance(one, AddOvsPort))
            except OSError as error:
                raise ApplyError(f"{one.words}: {error.strerror or error}; {self._so_far()}") from None
            self._done += 1

    def _so_far(self) -> str:
        made = "1 change was" if self._done == 1 else f"{self._done} changes were"
        return f"{made} made before it; the same command continues from there, `frrcompile plumb teardown` undoes all of it"


def reason(operation: Operation, failure: Failure) -> str:
    """Why the kernel refuses an operation, and what to do."""
    said = f" (the kernel says: {failure.words.rstrip('.')})" if failure.words else ""
    match operation, failure.code:
        case _, errno.EPERM:
            return "no permission; run as root, or with CAP_NET_ADMIN in both namespaces"
        case AddLink(_, Link(_, Vrf())), errno.EOPNOTSUPP:
            return "this kernel has no VRF devices; load or install the module `vrf`"
        case AddLink(_, Link(_, Vxlan())), errno.EOPNOTSUPP:
            return "this kernel has no VXLAN devices; load or install the module `vxlan`"
        case AddLink(_, link), errno.EOPNOTSUPP if "Unknown device type" in failure.words:
            return f"this kernel has no links of this kind; load the module for {type(link.kind).__name__.lower()}"
        case AddLink(), errno.EEXIST:
            return f"the name, the table or the VNI is taken{said}"
        case _, errno.ENOBUFS | errno.ENOMEM:
            return "the kernel has no memory for it; free some and apply again"
        case _, errno.ENODEV | errno.ENXIO:
            return "a link is gone: something else removed it"
        case MoveLink(), errno.EINVAL:
            return (
                f"the driver does not let this NIC leave its namespace{said}; use `attach: vlan` or `attach: macvlan`"
            )
    return os.strerror(failure.code) + said


def _phase(operation: Operation) -> type:
    """Operations that are sent together."""
    match operation:
        case AddLink():
            return AddLink
        case SetSysctl():
            return SetSysctl
        case AddOvsPort() | RemoveOvsPort():
            return AddOvsPort
    return object


def _made(operation: AddLink) -> Iterator[tuple[Side, Link]]:
    yield operation.side, operation.link
    if operation.peer and isinstance(operation.link.kind, Veth):
        yield operation.link.kind.side, operation.peer


def _merged(operations: list[Operation]) -> Iterator[list[Operation]]:
    """Each operation by itself; neighboring changes of one link together, other than those of its port."""

    def key(place_and_operation: tuple[int, Operation]) -> object:
        place, one = place_and_operation
        if isinstance(one, SetLink) and one.field not in ("port", "kind"):
            return one.side, one.name, one.field == "up"
        return place

    for _, group in groupby(enumerate(operations), key):
        yield [one for _, one in group]


def _harmless(failure: Failure, operations: Sequence[Operation]) -> bool:
    """A refusal that says that the state is reached already: what goes with something else, or what came by itself."""
    match operations[0], failure.code:
        case AddRoute() | AddRule(), errno.EEXIST:
            return True
        case RemoveLink(), errno.ENODEV:
            return True
        case (
            RemoveAddress() | RemoveRoute() | RemoveRule() | RemoveNeighbor(),
            errno.EADDRNOTAVAIL | errno.ESRCH | errno.ENOENT,
        ):
            return True
    return False
