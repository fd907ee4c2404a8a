"""What set-up says, in English and Korean. Kept here because nothing is installed yet."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping

KOREAN_PRIMARY_LANGUAGE_ID = 0x12

SENTENCES = {
    "old_python": (
        "Lathe needs Python 3.11 or newer, and this is Python {version}. Install a newer one and run the same command with it.",
        "Lathe는 Python 3.11 이상이 필요합니다. 지금은 Python {version}입니다. 새 버전을 설치한 뒤 같은 명령을 다시 실행하십시오.",
    ),
    "no_ensurepip": (
        "This Python cannot make a virtual environment: the package {package} is missing. Install it with:\n  {command}",
        "이 Python으로는 가상 환경을 만들 수 없습니다. {package} 패키지가 없습니다. 다음 명령으로 설치하십시오.\n  {command}",
    ),
    "waiting": (
        "Another set-up of this folder is running; waiting for it to finish.",
        "이 폴더에서 다른 설치가 진행 중입니다. 끝날 때까지 기다립니다.",
    ),
    "making_environment": (
        "Preparing Lathe in {folder}",
        "{folder}에 Lathe를 준비합니다.",
    ),
    "rebuilding_environment": (
        "The environment in {folder} does not start; making it again.",
        "{folder}의 환경이 시작되지 않아 다시 만듭니다.",
    ),
    "going_on": (
        "Going on where the last set-up stopped: {done} of {total} packages are there.",
        "지난번에 멈춘 곳부터 계속합니다. 패키지 {total}개 중 {done}개가 있습니다.",
    ),
    "progress": (
        "{done} of {total} packages, {done_mb} of {total_mb} MB, {left}",
        "패키지 {done}/{total}개, {done_mb}/{total_mb} MB, {left}",
    ),
    "progress_done": ("{total} of {total} packages", "패키지 {total}/{total}개"),
    "left_unknown": ("time left not known yet", "남은 시간 계산 중"),
    "left_seconds": ("less than a minute left", "1분 미만 남음"),
    "left_minute": ("about a minute left", "약 1분 남음"),
    "left_minutes": ("about {minutes} minutes left", "약 {minutes}분 남음"),
    "ready": ("Set-up finished in {duration}.", "{duration} 만에 준비를 마쳤습니다."),
    "seconds": ("{seconds} s", "{seconds}초"),
    "minutes": ("{minutes} min {seconds} s", "{minutes}분 {seconds}초"),
    "install_failed": (
        (
            "Set-up stopped while installing {packages}. The last lines of pip stand above. "
            "Check the network or the proxy and run the same command again: it goes on from here."
        ),
        (
            "{packages} 설치 중에 멈췄습니다. 위에 pip의 마지막 메시지가 있습니다. "
            "네트워크나 프록시를 확인하고 같은 명령을 다시 실행하면 여기서부터 계속합니다."
        ),
    ),
    "environment_failed": (
        "The environment in {folder} could not be made: {reason}",
        "{folder}에 환경을 만들지 못했습니다: {reason}",
    ),
    "interrupted": (
        "Stopped. Run the same command again: it goes on where it stopped.",
        "중지했습니다. 같은 명령을 다시 실행하면 멈춘 곳부터 계속합니다.",
    ),
    "system_installing": (
        "Installing system packages: {packages}",
        "시스템 패키지를 설치합니다: {packages}",
    ),
    "system_failed": (
        "These system packages could not be installed: {packages}",
        "다음 시스템 패키지를 설치하지 못했습니다: {packages}",
    ),
    "system_missing": (
        "These system packages are missing: {packages}\nInstall them with:\n  {command}",
        "다음 시스템 패키지가 없습니다: {packages}\n다음 명령으로 설치하십시오.\n  {command}",
    ),
    "system_missing_elsewhere": (
        "These are missing: {packages} (Debian's names). Install what your system calls them.",
        "다음 항목이 없습니다: {packages}(Debian 이름). 사용 중인 시스템의 해당 패키지를 설치하십시오.",
    ),
    "window_cannot_open": (
        "The window cannot open without them.",
        "이 패키지가 없으면 창을 열 수 없습니다.",
    ),
    "no_display": (
        (
            "There is no display here, so Lathe does its main job in the terminal on a generated sample table: "
            "train, export, verify (about two minutes)."
        ),
        "화면이 없으므로 생성된 예제 표로 학습, 내보내기, 검증을 터미널에서 진행합니다(약 2분).",
    ),
    "demonstration_failed": (
        "The step “{step}” ended with exit code {code}. What was made so far is in {folder}",
        "“{step}” 단계가 종료 코드 {code}(으)로 끝났습니다. 지금까지 만든 파일은 {folder}에 있습니다.",
    ),
    "demonstration_done": ("Verified bundle: {bundle}", "검증된 배포 묶음: {bundle}"),
}


def is_korean(environment: Mapping[str, str]) -> bool:
    """Say whether the user reads Korean, by the locale variables or, on Windows, by the display language."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(variable):
            return environment[variable].lower().startswith("ko")
    if sys.platform == "win32":
        language_id = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return bool(language_id & 0x3FF == KOREAN_PRIMARY_LANGUAGE_ID)
    return False


class Wording:
    """Sentences in the user's language."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._column = 1 if is_korean(environment) else 0

    def text(self, key: str, **parameters: object) -> str:
        """Return one sentence, its placeholders filled."""
        return SENTENCES[key][self._column].format(**parameters)

    def time_left(self, seconds: float | None) -> str:
        """Return the time left in words, never more exact than it is known."""
        if seconds is None:
            return self.text("left_unknown")
        minutes = round(seconds / 60)
        if seconds < 50:
            return self.text("left_seconds")
        return self.text("left_minute") if minutes <= 1 else self.text("left_minutes", minutes=minutes)

    def duration(self, seconds: float) -> str:
        """Return a finished duration as minutes and seconds."""
        minutes, rest = divmod(round(seconds), 60)
        return self.text("minutes" if minutes else "seconds", minutes=minutes, seconds=rest)
