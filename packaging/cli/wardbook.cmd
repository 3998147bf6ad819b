@echo off
rem The command line of an installed Wardbook: the bundle on the Node that came with it, outside Electron.
if not defined WARDBOOK_APP set "WARDBOOK_APP=%~dp0..\..\wardbook-app.exe"
"%~dp0bin\node.exe" "%~dp0main\cli.js" %*
