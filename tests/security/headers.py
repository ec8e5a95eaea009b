"""What every answer carries in its head, and what no page has inside."""

import re
from typing import Any

POLICY = {
    "default-src": ["'none'"],
    **{f"{kind}-src": ["'self'"] for kind in ("script", "style", "img", "connect", "font", "manifest", "worker")},
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.I)
STYLE = re.compile(r"<style\b|<[^>]+\sstyle\s*=", re.I)
HANDLER = re.compile(r"<[^>]+\son[a-z]+\s*=", re.I)
ELSEWHERE = re.compile(r"<(?:script|link|img|iframe|form)\b[^>]+(?:src|href|action)=[\"'](?:https?:)?//", re.I)


def policy_of(header: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for part in header.split(";") if (words := part.split())}


def faults_of(response: Any) -> list[str]:
    """What stands against one answer."""
    faults = [f"{name}: {response.get(name)}" for name, value in HEADERS.items() if response.get(name) != value]
    if policy_of(response["Content-Security-Policy"]) not in (POLICY, {"default-src": ["'none'"], "sandbox": []}):
        faults.append(response["Content-Security-Policy"])
    if "no-store" not in response.get("Cache-Control", ""):
        faults.append(f"Cache-Control: {response.get('Cache-Control')}")
    if "Cookie" not in response.get("Vary", ""):
        faults.append(f"Vary: {response.get('Vary')}")
    if response.headers["Content-Type"].startswith("text/html"):
        faults += [found[0] for what in (SCRIPT, STYLE, HANDLER, ELSEWHERE) if (found := what.search(response.text))]
    return faults
