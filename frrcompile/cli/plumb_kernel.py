"""`frrcompile plumb apply|verify|teardown|confirm`, and `plan` with a namespace: the verbs that look at a kernel."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frrcompile import output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from frrcompile.ir.links import Links
    from frrcompile.plumb.operations import Operation
    from frrcompile.plumb.session import Todo
    from frrcompile.plumb.state import Desired

EXITS = """\

exit codes:
  0  {}
  1  {}
  2  no permission, no such namespace, something in the way, an input that cannot be read, or wrong use
"""

APPLY = """\
examples:
  frrcompile plumb apply node.yaml --netns frr
  frrcompile plumb apply site.yaml --node k0 --podman frr
  frrcompile plumb apply node.yaml --netns frr --confirm 60    undone after 60 s, unless `plumb confirm` follows
""" + EXITS.format("done, also where nothing was to be done", "the model has errors")

VERIFY = """\
examples:
  frrcompile plumb verify node.yaml --netns frr
""" + EXITS.format("the kernel has what the model needs", "drift: it differs; or the model has errors")

TEARDOWN = """\
examples:
  frrcompile plumb teardown --netns frr              from the state file and the marks in the kernel
  frrcompile plumb teardown node.yaml --netns frr    the same; the model says more where the state file is lost

Also where the namespace is gone: NICs get back what they had. A model with errors is left aside.
""" + EXITS.format("done", "-")

CONFIRM = """\
examples:
  frrcompile plumb confirm
""" + EXITS.format("the last `plumb apply --confirm` stays", "-")


def node_options(parser: argparse.ArgumentParser, models: str = "+") -> argparse._MutuallyExclusiveGroup:
    """Adds the model and its node, and the options that name FRR's namespace, which are the group.

    `models` is how many files the model may have, as argparse's `nargs`.
    """
    parser.add_argument("model", nargs=models, metavar="MODEL", help="a model's file, or - for standard input")
    parser.add_argument("--node", metavar="NAME", help="the node; may be left out where the model has only one")
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--netns", metavar="NAME|PATH", help="FRR's namespace: a name of `ip netns`, or a path")
    group.add_argument("--pid", type=_process, metavar="PID", help="the namespace of a process")
    group.add_argument("--pidfile", metavar="FILE", help="the namespace of the process that FILE names")
    group.add_argument("--podman", metavar="CONTAINER", help="the namespace of a podman container")
    return group


def owner_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options that say whose the links are, and where the state file is."""
    from frrcompile.plumb.ownership import DEFAULT_OWNER

    parser.add_argument(
        "--owner", type=_owner, default=DEFAULT_OWNER, metavar="NAME", help="whose the links are (%(default)s)"
    )
    parser.add_argument(
        "--state",
        type=Path,
        default=Path("/var/lib/frrcompile/plumb"),
        metavar="DIR",
        help="where the state from before is kept (%(default)s)",
    )


def add(steps: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the verbs."""
    apply = _step(steps, "apply", "make the links", "Makes the links, addresses and sysctls of a node.", APPLY)
    apply.add_argument(
        "--confirm", type=_seconds, metavar="SECONDS", help="undo it after SECONDS, unless `plumb confirm` follows"
    )
    apply.add_argument(
        "--force", action="store_true", help="also move a NIC that NetworkManager, networkd or DHCP manages"
    )
    apply.set_defaults(run=_guarded(run_apply), named=("model", "pidfile", "state"))
    verify = _step(steps, "verify", "report drift", "Compares the kernel with what the model needs.", VERIFY)
    verify.set_defaults(run=_guarded(run_verify), named=("model", "pidfile", "state"))
    words = "Removes all that is the owner's, and gives the NICs back what they had before."
    teardown = _step(steps, "teardown", "put everything back", words, TEARDOWN, models="*")
    teardown.set_defaults(run=_guarded(run_teardown), named=("model", "pidfile", "state"))
    confirm = steps.add_parser(
        "confirm",
        help="keep what `apply --confirm` did",
        description="Keeps what the last `plumb apply --confirm` of the owner did.",
        epilog=CONFIRM,
    )
    owner_options(confirm)
    confirm.set_defaults(run=_guarded(run_confirm), named=("state",))
    undo = steps.add_parser("undo")  # started by `apply --confirm`: see plumb/confirm.py
    owner_options(undo)
    undo.add_argument("--token", required=True)
    undo.add_argument("--after", type=int, required=True)
    undo.set_defaults(run=_guarded(run_undo), named=("state",))


def run_plan(arguments: argparse.Namespace) -> int:
    """Shows what would change; 0 nothing, 1 something, 2 unable to look."""
    return _guarded(lambda arguments: _looked_at(arguments, verify=False))(arguments)


def run_verify(arguments: argparse.Namespace) -> int:
    """Reports drift; 0 none, 1 drift or a model with errors, 2 unable to look."""
    return _looked_at(arguments, verify=True)


def run_apply(arguments: argparse.Namespace) -> int:
    """Makes the links; 0 done, 1 a model with errors, 2 not done."""
    from frrcompile.plumb.losses import warning
    from frrcompile.plumb.session import PlumbError, opened
    from frrcompile.plumb.state_file import Pending

    model = built(arguments)
    if isinstance(model, int):
        return model
    node, links, desired = model
    pending: Pending | None = None
    with opened(_found(arguments), arguments.owner, arguments.state, write=True) as plumbing:
        if plumbing.saved.pending:
            raise PlumbError(
                f"the last apply waits for confirmation: run `{_confirm(arguments)}` to keep it, or wait until it is undone"
            )
        todo = plumbing.todo(desired)
        _warn(todo.warnings if arguments.confirm else [*todo.warnings, warning(todo.losses)])
        if arguments.confirm and todo.operations:
            from frrcompile.plumb.confirm import watch

            if not arguments.force:
                plumbing.check_managed(todo)
            token = watch(arguments.owner, arguments.state, arguments.confirm)
            pending = Pending(token, arguments.confirm, plumbing.saved.desired)
        plumbing.apply(todo, desired, force=arguments.force, pending=pending)
        _done(node, links, desired, todo, plumbing.sent, arguments)
    if pending:
        output.tell(f"This is undone in {arguments.confirm} s, unless you confirm it: {_confirm(arguments)}\n")
    return 0


def run_teardown(arguments: argparse.Namespace) -> int:
    """Puts everything back; 0 done, 2 not done."""
    from frrcompile.plumb.session import opened
    from frrcompile.plumb.state import NOTHING

    found = _found(arguments)
    node, links, desired = _torn_down(arguments)
    # Without the state file, a NIC that kept its addresses in the router takes them along.
    nothing = NOTHING._replace(keeping=desired.keeping)
    with opened(found, arguments.owner, arguments.state, write=True, gone=True) as plumbing:
        todo = plumbing.todo(nothing, desired)
        _warn(todo.warnings)
        plumbing.apply(todo, nothing, force=True)
        _done(node, links, nothing, todo, plumbing.sent, arguments)
    return 0


def _torn_down(arguments: argparse.Namespace) -> tuple[str | None, Links | None, Desired]:
    """The node, the links and the desired state of a teardown's model; none of them without a model, or with one that has errors."""
    from frrcompile.plumb.state import NOTHING

    nothing = (None, None, NOTHING)
    if not arguments.model:
        return nothing
    try:
        model = built(arguments)
    except OSError as error:
        _warn([f"{error.filename or 'the model'}: {error.strerror or error}"])
    else:
        if not isinstance(model, int):
            return model
    _warn(["the model is left aside: teardown uses the state file, and the marks of the owner in the kernel"])
    return nothing


def run_confirm(arguments: argparse.Namespace) -> int:
    """Keeps the last apply; 0 done, 2 there is nothing to confirm."""
    from frrcompile.plumb import state_file
    from frrcompile.plumb.lock import locked
    from frrcompile.plumb.session import PlumbError

    with locked(arguments.owner, None):
        saved = state_file.load(arguments.state, arguments.owner)
        if saved.pending is None:
            note = f": {saved.note}" if saved.note else ""
            raise PlumbError(f"owner {arguments.owner!r} has no apply that waits for confirmation{note}")
        state_file.store(arguments.state, arguments.owner, saved._replace(pending=None))
    output.show("Confirmed: the last apply stays.\n")
    return 0


def run_undo(arguments: argparse.Namespace) -> int:
    """Waits, and undoes an apply that is not confirmed."""
    from frrcompile.plumb.confirm import undo

    return undo(arguments.owner, arguments.state, arguments.token, arguments.after)


def _looked_at(arguments: argparse.Namespace, *, verify: bool) -> int:
    from frrcompile.cli.plumb_shown import show_plan
    from frrcompile.plumb.losses import warning
    from frrcompile.plumb.session import opened

    model = built(arguments)
    if isinstance(model, int):
        return model
    node, links, desired = model
    with opened(_found(arguments), arguments.owner, arguments.state, write=False) as plumbing:
        todo = plumbing.todo(desired)
    _warn(todo.warnings if verify else [*todo.warnings, warning(todo.losses)])
    if verify and arguments.format == "text":
        return _show_drift(node, todo.operations)
    return show_plan(node, links, desired, todo.operations, todo.losses, arguments)


def _show_drift(node: str, operations: Iterable[Operation]) -> int:
    """Prints what differs; 1 where something does. The addresses and settings of a missing link have no lines of their own."""
    from frrcompile.plumb.text import rows

    words = {"+": "missing", "-": "too much", "~": "different", ">": "elsewhere"}
    lines = [f"{words[one.sign]}: {one.words}\n" for one in rows(operations)[0]]
    output.show("".join(lines) if lines else f"{node}: the kernel has what the model needs\n")
    return int(bool(lines))


def _done(
    node: str | None, links: Links | None, desired: Desired, todo: Todo, sent: int, arguments: argparse.Namespace
) -> None:
    """Prints what was done."""
    from frrcompile.cli.plumb_shown import show_plan, title_of

    as_json = arguments.format == "json"
    if todo.operations or as_json:
        show_plan(node, links, desired, todo.operations, todo.losses, arguments)
    if as_json:
        return
    if todo.operations:
        output.show(f"Done: {_counted(len(todo.operations), 'operation')} in {_counted(sent, 'message')}.\n")
    else:
        output.show(f"{title_of(node, arguments.owner)}: nothing was to be done\n")


def built(arguments: argparse.Namespace) -> tuple[str, Links, Desired] | int:
    """The node's name, its links and what it needs; an exit code where the model has errors."""
    from frrcompile.cli import findings
    from frrcompile.cli.compile import node_name
    from frrcompile.cli.inputs import model_files
    from frrcompile.pipeline.site import build_links, load_site
    from frrcompile.plumb.plan import plan

    loaded = load_site(model_files(arguments.model))
    if loaded.site is None:
        return findings.show(loaded.findings)
    name = node_name(loaded, arguments.node, every="")
    if name is None:
        return 2
    links, problems = build_links(loaded, name)
    code = findings.show([*loaded.findings, *problems])
    return code if links is None else (name, links, plan(links))


def _guarded(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """A verb whose failures are sentences with exit code 2."""

    def guarded(arguments: argparse.Namespace) -> int:
        from frrcompile.plumb.apply import ApplyError
        from frrcompile.plumb.lock import LockedError
        from frrcompile.plumb.netns import NamespaceError
        from frrcompile.plumb.session import PlumbError
        from frrcompile.plumb.state_file import StateError

        try:
            return run(arguments)
        except (ApplyError, LockedError, NamespaceError, PlumbError, StateError) as error:
            for line in str(error).splitlines():
                output.complain(line)
        except PermissionError as error:
            about = f"{error.filename}: " if error.filename else ""
            output.complain(f"{about}no permission; run as root, or with CAP_NET_ADMIN and CAP_SYS_ADMIN")
        return 2

    return guarded


def _found(arguments: argparse.Namespace) -> tuple[str, ...]:
    """The words of the command line that name FRR's namespace."""
    from frrcompile.plumb.netns import NamespaceError

    for option in ("netns", "pid", "pidfile", "podman"):
        value: Any = getattr(arguments, option)
        if value is not None:
            return (f"--{option}", str(value))
    raise NamespaceError("name FRR's namespace: --netns NAME, --pid PID, --pidfile FILE or --podman CONTAINER")


def _warn(warnings: Iterable[str]) -> None:
    for one in filter(None, warnings):
        output.complain(f"warning: {one}")


def _step(
    steps: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    purpose: str,
    words: str,
    epilog: str,
    *,
    models: str = "+",
) -> argparse.ArgumentParser:
    parser = steps.add_parser(name, help=purpose, description=words, epilog=epilog)
    node_options(parser, models)
    owner_options(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how the result is written")
    return parser


def _confirm(arguments: argparse.Namespace) -> str:
    """The command that confirms the last apply of the owner."""
    return f"frrcompile plumb confirm --owner {arguments.owner} --state {shlex.quote(str(arguments.state))}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _process(text: str) -> int:
    return _whole(text, 2**31 - 1, "a process id")  # pid_t


def _seconds(text: str) -> int:
    return _whole(text, 9_999_999, "a number of seconds")


def _owner(text: str) -> str:
    from frrcompile.plumb.ownership import is_owner

    if not is_owner(text):
        allowed = "a letter or digit, then letters, digits, '.', '_' and '-', at most 64"
        raise argparse.ArgumentTypeError(f"found {text[:70]!r}; allowed: {allowed}")
    return text


def _whole(text: str, most: int, what: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20 and 0 < int(text) <= most):
        raise argparse.ArgumentTypeError(f"found {text[:40]!r}; allowed: {what} from 1 to {most}")
    return int(text)
