@echo off
rem Drop a file or folder on this file to predict it. Proof: run_predict.bat --selftest
chcp 65001 >nul
setlocal
where py >nul 2>nul && (set "PYTHON=py -3") || (set "PYTHON=python")
%PYTHON% "%~dp0predict.py" %*
set "RESULT=%errorlevel%"
pause
exit /b %RESULT%
