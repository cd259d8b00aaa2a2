#!/bin/sh
# Installs the system parts that reading scans and opening RAR and 7Z need, where this may be done; says which line to run where not.
set -u
have_vie() {
    for folder in "${TESSDATA_PREFIX:-}" /usr/share/tesseract-ocr/*/tessdata /usr/share/tessdata /usr/local/share/tessdata; do
        [ -n "$folder" ] && [ -e "$folder/vie.traineddata" ] && return 0
    done
    return 1
}
have_archive() {
    ldconfig -p 2>/dev/null | grep -q 'libarchive\.so' || [ -n "$(find /opt/homebrew/lib /usr/local/lib -name 'libarchive*' 2>/dev/null)" ]
}
have_vie && have_archive && exit 0
line="apt-get update && apt-get install -y --no-install-recommends tesseract-ocr-vie libarchive13"
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then
        sh -c "$line" >/dev/null 2>&1
    elif sudo -n true 2>/dev/null; then
        sudo -n sh -c "$line" >/dev/null 2>&1
    fi
fi
have_vie && have_archive && exit 0
have_archive || echo "Chưa có libarchive: chưa mở được tệp RAR và 7Z. Để mở được, chạy: sudo sh -c '$line'" >&2
have_vie || echo "Chưa có dữ liệu nhận dạng tiếng Việt: mọi thứ chạy được trừ bản quét. Để đọc bản quét, chạy: sudo sh -c '$line'" >&2
exit 0
