"""BFD profiles that have a value too much, and are made anew."""

from __future__ import annotations

from reloader.engines import profiles
from reloader.engines.script import script
from reloader.residual import Difference

WANTED = """\
bfd
 profile echo
  transmit-interval 100
 exit
 !
 profile fast
  detect-multiplier 2
 exit
exit
"""


def test_a_profile_with_a_value_too_much_is_made_as_the_file_has_it() -> None:
    left = [
        Difference("delete", ("bfd", "profile fast", "no receive-interval 50")),
        Difference("add", ("bfd", "profile fast", "detect-multiplier 2")),
        Difference("add", ("bfd", "profile echo", "transmit-interval 100")),
    ]
    assert script(profiles.anew(left, WANTED)) == (
        "bfd\n no profile fast\n profile echo\n  transmit-interval 100\n exit\n profile fast\n  detect-multiplier 2\n exit\nexit\n"
    )


def test_what_only_lacks_a_value_stays() -> None:
    left = [
        Difference("add", ("bfd", "profile fast", "detect-multiplier 2")),
        Difference("delete", ("bfd", "no profile echo")),
        Difference("delete", ("router bgp 1", "neighbor x", "no bfd")),
    ]
    assert profiles.anew(left, WANTED) == left
