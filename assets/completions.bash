# Completion of papers-tui for bash: source <(papers-tui completions bash)
_papers_tui() {
    local IFS=$'\013' rest=$COMP_LINE parts=
    local index=0 count=0 at word last glued
    local -a words=()
    # Bash splits words at “:”, which occurs in titles, and at “=”: join what no blank separates.
    for ((at = 0; at < ${#COMP_WORDS[@]}; at++)); do
        word=${COMP_WORDS[at]}
        glued=
        if [[ $at -gt 0 && $rest != [[:blank:]]* ]]; then
            last=${words[count - 1]}
            [[ $word == [:=]* || $last == *[:=] ]] && glued=1
        fi
        rest=${rest#"${rest%%[![:blank:]]*}"}
        rest=${rest#"$word"}
        # Of the word under the cursor, take only the part before the cursor.
        [[ $at -eq $COMP_CWORD && $word != [\"\':=]* ]] && word=$2
        if [[ $glued ]]; then
            [[ $at -eq $COMP_CWORD ]] && parts=$last
            [[ $at -eq $COMP_CWORD && $word == [:=] ]] && parts+=$word
            words[count - 1]+=$word
        else
            words[count++]=$word
        fi
        [[ $at -eq $COMP_CWORD ]] && index=$((count - 1))
    done
    compopt +o nospace 2>/dev/null
    COMPREPLY=($(
        _CLAP_IFS=$IFS \
            _CLAP_COMPLETE_INDEX=$index \
            _CLAP_COMPLETE_COMP_TYPE=$COMP_TYPE \
            _CLAP_COMPLETE_SPACE=false \
            PAPERS_TUI_COMPLETE=bash \
            papers-tui -- "${words[@]}"
    ))
    if [[ $? != 0 ]]; then
        unset COMPREPLY
        return
    fi
    [[ ${COMPREPLY-} =~ [=/]$ ]] && compopt -o nospace 2>/dev/null
    # Bash inserts only what follows the last “:” or “=”.
    parts=${parts//[!:=]/}
    while [[ $parts ]]; do
        COMPREPLY=("${COMPREPLY[@]#*[:=]}")
        parts=${parts%?}
    done
}
complete -o bashdefault -o nosort -F _papers_tui papers-tui 2>/dev/null ||
    complete -o bashdefault -F _papers_tui papers-tui
