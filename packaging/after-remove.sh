#!/bin/sh
rm -f /usr/bin/wardbook
