/** Asks as the scripts of other shells do, and needs nothing but bash: its package bash-completion is not everywhere. */
export const bashCompletion = `# bash completion for stowage
__stowage_complete() {
    # COMP_WORDS is cut at = and : too.
    local line=\${COMP_LINE:0:COMP_POINT} IFS=$' \\t\\n' words asked answer
    read -r -a words <<< "$line"
    [[ $line == *[[:space:]] ]] && words+=('')
    # Quoted, so that nothing that is typed runs; evaluated, because stowage may be an alias.
    printf -v asked ' %q' "\${words[@]:1}"
    COMPREPLY=()
    while IFS=$'\\t' read -r answer _; do
        [[ -z $answer || $answer == :* ]] || COMPREPLY+=("$answer")
    done < <(eval "stowage complete --$asked" 2> /dev/null)
    # What ends so goes on.
    [[ \${#COMPREPLY[@]} == 1 && \${COMPREPLY[0]} == */ ]] && compopt -o nospace 2> /dev/null
    return 0
}
complete -F __stowage_complete stowage
`;
