"""Getting in to a calendar server: passwords, addresses, and all that can go wrong on the way."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from planner.calendar_server import ServerCalendar, _client, calendar_on
from planner.errors import PlannerError
from planner.login import Login
from tests.commands import ROOT, Done, run
from tests.published import SUNDAY, Maya
from tests.radicale_server import (
    PASSWORD,
    USER,
    VARIABLE,
    events_on,
    radicale_server,
)

# Getting in


def publish_to(maya: Maya, url: str, user: str = USER) -> Done:
    return run("publish", maya.file, "--caldav", url, "--user", user, today=SUNDAY)


def test_a_wrong_password_is_told_with_where_it_came_from(maya, monkeypatch):
    maya.plans("e")
    monkeypatch.setenv(VARIABLE, "wrong-secret")

    done = maya.publish()

    assert done.code == 3
    assert "does not know alice with this password" in done.err
    assert f"the environment variable {VARIABLE}" in done.err
    assert "wrong-secret" not in done.err + done.out


def test_the_password_is_nowhere_in_her_files(tmp_path, maya):
    maya.plans("e")

    done = maya.publish("--json")

    written = (tmp_path / "maya.db").read_bytes() + maya.file.read_bytes()
    assert PASSWORD.encode() not in written
    assert PASSWORD not in done.out + done.err


def test_the_keyring_is_asked_where_the_environment_has_none(maya, own_keyring, monkeypatch):
    maya.plans("e")
    monkeypatch.delenv(VARIABLE)
    own_keyring.set_password("runback", f"{USER}@127.0.0.1", PASSWORD)

    assert maya.publish().code == 0


def test_without_a_password_and_without_a_terminal_it_is_told_where_to_put_one(maya, monkeypatch):
    maya.plans("e")
    monkeypatch.delenv(VARIABLE)

    done = maya.publish()

    assert (done.code, VARIABLE in done.err) == (2, True)


def test_nobody_elses_login_on_this_machine_takes_the_place_of_hers(tmp_path, maya, monkeypatch):
    """A .netrc would let her in although the password given is wrong."""
    (tmp_path / "netrc").write_text(f"machine 127.0.0.1 login {USER} password {PASSWORD}\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv(VARIABLE, "wrong-secret")
    maya.plans("e")

    assert maya.publish().code == 3


def test_a_server_reached_by_https_cannot_lead_the_password_to_http(server):
    login = Login("https://cal.example.org/", USER, PASSWORD)
    calendar = ServerCalendar(_client(login), login, server.url, is_new=False)

    with pytest.raises(PlannerError):
        calendar.etags(["a.ics"])

    assert server.asked == []


def typed_on_a_terminal(maya: Maya, *lines: str) -> str:
    """What the command says on a terminal on which these lines are typed."""
    import pty

    code = "from planner.cli.main import main; import sys; main.main(sys.argv[1:])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    environment["PYTHON_KEYRING_BACKEND"] = "tests.keyring_in_a_file.InAFile"
    environment["RUNBACK_TEST_KEYRING"] = str(maya.file.with_name("keyring.json"))
    del environment[VARIABLE]
    command = ["publish", str(maya.file), *map(str, maya.where), "--today", SUNDAY]
    child, terminal = pty.fork()
    if child == 0:
        os.execve(sys.executable, [sys.executable, "-c", code, *command], environment)
    said = b""
    waiting = list(lines)
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            break
        if not part:
            break
        said += part
        if waiting and said.rstrip().endswith(b":"):
            os.write(terminal, waiting.pop(0).encode() + b"\n")
    os.waitpid(child, 0)
    return said.decode()


def test_on_a_terminal_the_password_is_asked_for_without_showing_it(maya):
    maya.plans("e")

    said = typed_on_a_terminal(maya, PASSWORD, "n")

    assert "Password of alice@127.0.0.1:" in said
    assert PASSWORD not in said
    assert "1 put" in said


def test_a_typed_password_can_be_kept_in_the_keyring(tmp_path, maya):
    maya.plans("e")

    typed_on_a_terminal(maya, PASSWORD, "y")

    assert PASSWORD in (tmp_path / "keyring.json").read_text()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://cal.example.org/", "http:// would send your password"),
        ("http://192.168.0.7/", "http:// would send your password"),
        ("https://alice:s3cret@cal.example.org/", "holds a user or a password"),
        ("ftp://cal.example.org/", "is no address of a calendar server"),
        ("https://", "is no address of a calendar server"),
        ("https://cal.example.org:port/", "is no address of a calendar server"),
    ],
)
def test_an_address_that_would_betray_the_password_or_is_none_is_refused(maya, url, says):
    maya.plans("e")

    done = publish_to(maya, url)

    assert (done.code, says in done.err) == (3, True)


def test_a_host_that_does_not_exist_is_told(maya):
    maya.plans("e")

    done = publish_to(maya, "https://nowhere.invalid/")

    assert done.code == 1
    assert "nowhere.invalid can't be reached: there is no such host" in done.err


def test_a_port_where_nothing_answers_is_told(maya):
    maya.plans("e")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

        done = publish_to(maya, f"http://127.0.0.1:{port}/")

    assert (done.code, "nothing answers there" in done.err) == (1, True)


def test_a_server_that_never_answers_is_given_up():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"

        with pytest.raises(PlannerError, match="did not answer within 1 seconds"):
            calendar_on(Login(url, USER, PASSWORD, timeout_seconds=1), None)


def test_https_to_a_server_without_it_is_told(server, maya):
    maya.plans("e")

    done = publish_to(maya, server.url.replace("http:", "https:"))

    assert (done.code, "127.0.0.1" in done.err, "Traceback" in done.err) == (1, True, False)


class WebSite(NamedTuple):
    """A web server that knows nothing of calendars."""

    url: str


@pytest.fixture
def website(tmp_path) -> Iterator[WebSite]:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("<html>Hello</html>")
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    port = process.stdout.readline().split(" port ")[1].split()[0]
    yield WebSite(f"http://127.0.0.1:{port}/")
    process.terminate()
    process.communicate()


def test_a_website_is_no_calendar_server(website, maya):
    maya.plans("e")

    done = publish_to(maya, website.url)

    assert (done.code, "does not answer like a calendar server" in done.err) == (3, True)


def test_a_user_who_may_make_no_calendar_is_told(tmp_path, own_keyring):
    rights = (
        "[own]\nuser: .+\ncollection: {user}\npermissions: RW\n"
        "[in it]\nuser: .+\ncollection: {user}/[^/]+\npermissions: r\n"
    )
    with radicale_server(tmp_path, rights=rights) as server:
        maya = Maya(tmp_path, "--caldav", server.url, "--user", USER)
        maya.plans("e")

        done = maya.publish()

    assert (done.code, "127.0.0.1 does not allow this to alice" in done.err) == (1, True)


@pytest.mark.parametrize(
    ("method", "status", "headers", "says"),
    [
        ("MKCALENDAR", "405 Method Not Allowed", [], "127.0.0.1 does not make calendars"),
        ("PROPFIND", "429 Too Many Requests", [], "has had enough requests for now"),
        ("PROPFIND", "503 Service Unavailable", [], "refused to answer (status 503)"),
        ("PROPFIND", "404 Not Found", [], "does not answer like a calendar server"),
        ("PROPFIND", "401 Unauthorized", [("WWW-Authenticate", "Negotiate")], "does not let"),
        ("PUT", "507 Insufficient Storage", [], "refused to keep an entry (status 507)"),
        ("PUT", "302 Found", [("Location", "/alice/")], "does not answer like a calendar server"),
    ],
)
def test_whatever_a_server_answers_is_told_in_a_sentence(
    server, maya, method, status, headers, says
):
    maya.plans("e")
    server.refuse(method, status, headers)

    done = maya.publish()

    assert says in done.err
    assert done.code in (1, 3)
    assert events_on(server) == {}


def test_the_way_to_the_calendars_is_found_from_the_servers_address(server, maya):
    """RFC 6764: the address itself knows nothing, but /.well-known/caldav leads on."""
    maya.plans("e")
    server.refuse("PROPFIND", "404 Not Found", when=range(1))

    done = maya.publish()

    assert done.code == 0
    assert "/.well-known/caldav" in [one.path for one in server.asked]


def test_without_the_package_it_is_told_how_to_get_it(maya):
    maya.plans("e")
    script = (
        "import sys; sys.modules['caldav'] = None; sys.modules['caldav.davclient'] = None\n"
        "from planner.cli.main import main; main.main(sys.argv[1:])"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, "publish", str(maya.file), *map(str, maya.where)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )

    assert done.returncode == 1
    assert "pip install 'runback[caldav]'" in done.stderr
