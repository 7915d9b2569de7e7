"""One piece of work in the two namespaces: look, say what would change, change it, and keep what a teardown needs."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from frrcompile.plumb import netns as namespaces
from frrcompile.plumb import openvswitch, state_file
from frrcompile.plumb.apply import Applying
from frrcompile.plumb.before import Before, Claim, claims, kept, remembered
from frrcompile.plumb.changes import changes
from frrcompile.plumb.lock import locked
from frrcompile.plumb.losses import Loss, losses
from frrcompile.plumb.managed import managed
from frrcompile.plumb.netlink import Socket
from frrcompile.plumb.netns import Netns
from frrcompile.plumb.observe import Sockets, observe
from frrcompile.plumb.observed import Kernel, SeenLink
from frrcompile.plumb.obstacles import obstacles
from frrcompile.plumb.operations import MoveLink, Operation
from frrcompile.plumb.ownership import PROTOCOL, made_by, moved_by
from frrcompile.plumb.state import NOTHING, Desired, OvsPort
from frrcompile.plumb.state_file import Pending, Saved


class PlumbError(Exception):
    """Nothing can be done: each line is one sentence."""


class Todo(NamedTuple):
    """What would be done now. `remembered` is what a teardown puts back afterwards; `warnings` is what it cannot.

    `losses` has what the host loses with each NIC that moves into the router.
    """

    operations: list[Operation]
    remembered: Before
    kernel: Kernel
    warnings: list[str]
    losses: dict[str, Loss]


class Plumbing:
    """The host's namespace and the router's, opened for an owner; `opened` makes it."""

    def __init__(self, netns: Netns, here: Netns, owner: str, directory: Path, found: tuple[str, ...]) -> None:
        self._here = here
        self._netns = netns
        self._owner = owner
        self._directory = directory
        self._found = found
        self.gone = not found
        """Whether the namespace is no more, and an empty one is in its place: nothing may move there."""
        self.lost = ""
        """Why the state file is not used, where it is damaged."""
        try:
            self.saved = state_file.load(directory, owner)
        except state_file.StateError as error:
            self.saved = Saved()
            self.lost = f"{error}: the addresses, routes and sysctls from before are not known"
        host = Socket()
        self._sockets = Sockets(host, netns.call(Socket), netns)

    @property
    def sent(self) -> int:
        """How many messages were sent that change something."""
        return self._sockets.host.sent + self._sockets.router.sent

    def close(self) -> None:
        """Closes the sockets, which keep their namespaces alive."""
        self._sockets.host.close()
        self._sockets.router.close()

    def todo(self, desired: Desired, torn_down: Desired = NOTHING) -> Todo:
        """What would be done. Raises PlumbError where something is in the way.

        `torn_down` is the model of a teardown: in a namespace with links of this owner, its addresses are the owner's also
        where the state file is lost.
        """
        before = self.saved.before
        wanted = {port.bridge for port in desired.ovs} | {port.bridge for port in self.saved.desired.ovs}
        try:
            ovs = openvswitch.ports(self._owner) if wanted else ()
        except OSError as error:
            raise PlumbError(f"Open vSwitch: {error.strerror or error}") from None
        kernel = observe(self._sockets, desired, before, self._owner, ovs)
        self._check_namespace()
        found = obstacles(desired, kernel, self._owner)
        if found:
            raise PlumbError("\n".join(found))
        if any(self._is_own(seen) for seen in kernel.router.links.values()):
            before = before._replace(claimed=before.claimed | claims(torn_down))
        before = remembered(desired, kernel, before, self._owner)
        operations = changes(desired, kernel, before, self._owner)
        lost = losses(operations, kernel, self._owner)
        warnings = self._warnings(desired, kernel, before)
        if desired.router == NOTHING.router:
            warnings += self._unclaimed(kernel, before)
        return Todo(operations, before, kernel, warnings, lost)

    def _is_own(self, seen: SeenLink) -> bool:
        return made_by(self._owner, seen.alias, seen.group) or moved_by(self._owner, seen.alias)

    def apply(self, todo: Todo, desired: Desired, *, force: bool = False, pending: Pending | None = None) -> None:
        """Does it. Raises PlumbError, ApplyError, OSError."""
        if self.gone and desired.router.links:
            raise PlumbError("the router's namespace is gone; nothing was changed")
        if not force:
            self.check_managed(todo)
        self._check_same()
        # Stored first: whenever this process ends, the next one knows what was there before.
        self.keep(Saved(todo.remembered, desired, self._netns.identity, self._found, pending))
        applying = Applying(self._sockets, self._here.descriptor, todo.kernel, self._owner, self._switch_port)
        applying.carry_out(todo.operations)
        self._check_same()
        before = kept(desired, todo.remembered)
        if desired == NOTHING._replace(keeping=desired.keeping) and before == Before() and pending is None:
            self.keep(Saved(note=self.saved.note))
        else:
            self.keep(Saved(before, desired, self._netns.identity, self._found, pending))

    def keep(self, saved: Saved) -> None:
        """Stores a state as it is."""
        state_file.store(self._directory, self._owner, saved)
        self.saved = saved

    def _switch_port(self, port: OvsPort, add: bool) -> None:
        openvswitch.add(port, self._owner) if add else openvswitch.remove(port, self._owner)

    def _check_namespace(self) -> None:
        """One owner has one namespace: its links on the host belong to the router that it was last used for."""
        last = self.saved.netns
        if last.inode == 0 or last == self._netns.identity or not self.saved.found:
            return
        try:
            other = located(self.saved.found)
        except namespaces.NamespaceError:
            return  # it is gone
        alive = other.identity == last
        other.close()
        if alive:
            raise PlumbError(
                f"owner {self._owner!r} is in use for another namespace ({' '.join(self.saved.found)}); "
                "tear that one down first, or choose another --owner for this one"
            )

    def _check_same(self) -> None:
        """The namespace that was found is still the one that its name leads to."""
        try:
            again = located(self._found) if self._found else None
        except namespaces.NamespaceError as error:
            raise PlumbError(f"the router's namespace is gone: {error}; what was done went with it") from None
        if again is None:
            return
        same = again.identity == self._netns.identity
        again.close()
        if not same:
            raise PlumbError(
                f"{' '.join(self._found)} leads to another namespace than before: FRR's was made anew meanwhile; apply again"
            )

    def check_managed(self, todo: Todo) -> None:
        """Raises PlumbError where a NIC that is to be moved is managed by a program of the host."""
        found = []
        for one in todo.operations:
            if isinstance(one, MoveLink) and one.source == "host":
                seen = todo.kernel.host.links[one.name]
                reason = managed(one.name, seen.number)
                found += [f"{reason}; or use --force"] if reason else []
        if found:
            raise PlumbError("\n".join(found))

    def _warnings(self, desired: Desired, kernel: Kernel, before: Before) -> list[str]:
        found = [self.lost] if self.lost else []
        wanted = {link.name for link in desired.router.links}
        for name, seen in kernel.router.links.items():
            if moved_by(self._owner, seen.alias) and name not in wanted and name not in before.nics:
                found.append(
                    f"NIC {name} goes back to the host without the addresses and routes from before: the state file is lost; "
                    "give it its addresses there"
                )
        for name in before.nics:
            if name not in kernel.host.links and name not in kernel.router.links:
                found.append(f"NIC {name} is neither on the host nor in the router: nothing of it can be put back")
        return found

    def _unclaimed(self, kernel: Kernel, before: Before) -> list[str]:
        """Addresses that a teardown leaves in the router, as neither a state file nor a model says who added them."""
        others = (
            one.address
            for one in kernel.router.addresses
            if one.protocol == PROTOCOL
            and (seen := kernel.router.links.get(one.address.link))
            and not self._is_own(seen)
            and Claim("router", one.address.link, one.address.address) not in before.claimed
        )
        return [
            f"address {one.address} on {one.link} in the router stays: frrcompile added it, and no state file or model says "
            f"for which owner; name the model too, or remove it with `ip address delete {one.address} dev {one.link}` there"
            for one in others
        ]


@contextmanager
def opened(
    found: tuple[str, ...], owner: str, directory: Path, *, write: bool, gone: bool = False, wait: bool = False
) -> Iterator[Plumbing]:
    """The two namespaces. `found` are the words that name the router's, such as `("--netns", "frr")`.

    With `write` it is locked. With `gone`, where the namespace is no more, an empty one takes its place, so that what is on
    the host can be put back. Raises NamespaceError, LockedError, PlumbError, OSError.
    """
    with ExitStack() as stack:
        here = namespaces.own()
        stack.callback(here.close)
        try:
            netns = located(found)
        except namespaces.NamespaceError:
            if not gone:
                raise
            netns = namespaces.empty()
            found = ()
        stack.callback(netns.close)
        if netns.identity == here.identity:
            raise PlumbError("FRR's namespace is the one that this command runs in; name FRR's own namespace")
        if netns.is_first():
            raise PlumbError(
                f"{' '.join(found)} leads to the namespace of process 1, which is the machine's own; name FRR's own namespace"
            )
        if write:
            stack.enter_context(locked(owner, netns.identity, wait=wait))
        try:
            plumbing = Plumbing(netns, here, owner, directory, found)
        except OSError as error:
            if error.errno in (errno.EPERM, errno.EACCES) and os.geteuid() != 0:
                raise PlumbError("no permission; run as root, or with CAP_NET_ADMIN and CAP_SYS_ADMIN") from None
            raise
        stack.callback(plumbing.close)
        yield plumbing


def located(found: tuple[str, ...]) -> Netns:
    """The namespace that words of the command line name. Raises NamespaceError."""
    match found:
        case ("--netns", name):
            return namespaces.by_name(name)
        case ("--pid", pid):
            return namespaces.by_pid(int(pid))
        case ("--pidfile", path):
            return namespaces.by_pidfile(path)
        case ("--podman", name):
            return namespaces.by_container(name)
    raise namespaces.NamespaceError("name FRR's namespace: --netns, --pid, --pidfile or --podman")
