@echo off
rem The command line of an installed Wardbook: the bundle on the Node that came with it, outside Electron.
"%~dp0bin\node.exe" "%~dp0main\cli.js" %*
