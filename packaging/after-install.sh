#!/bin/sh
set -e
ln -sf /opt/Wardbook/resources/cli/wardbook /usr/bin/wardbook
# Chromium's sandbox helper must be setuid where unprivileged user namespaces are barred.
chown root:root /opt/Wardbook/chrome-sandbox && chmod 4755 /opt/Wardbook/chrome-sandbox
