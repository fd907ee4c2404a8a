#!/bin/sh
# Predict: ./run_predict.sh DATA [out.csv]   Proof: ./run_predict.sh --selftest
folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
for python in python3 python; do
    if command -v "$python" >/dev/null 2>&1; then
        exec "$python" "$folder/predict.py" "$@"
    fi
done
echo "Python 3.11 or newer is needed. / Python 3.11 이상이 필요합니다." >&2
exit 1
