import { createHash } from 'node:crypto'

/** How the pages look, on a phone first. */
export const style = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --line: #dfe3e8; --paper: #fff; --ground: #f3f5f7; --key: #14532d; --note: #7a4b00; --noted: #fff6e0; --done: #e7f5ec }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ebef; --soft: #a4aebb; --line: #3a424d; --paper: #1d232b; --ground: #12161b; --key: #3f9b63; --note: #f0c674; --noted: #3a2f16; --done: #173523 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; overflow-wrap: anywhere }
main { max-width: 40rem; margin: 0 auto; padding: 1rem }
header { padding: .5rem 0 1rem }
h1 { font-size: 1.35rem; line-height: 1.25; margin: 0 0 .5rem }
h2 { font-size: 1.05rem; margin: 0 0 .75rem }
p { margin: 0 0 .75rem }
small, .soft { color: var(--soft); font-size: .875rem }
section { background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; padding: 1.1rem; margin: 0 0 1rem }
.note { background: var(--noted); color: var(--note); border: 0 }
.done { background: var(--done); border: 0 }
.note p:last-child, .done p:last-child, section > :last-child { margin-bottom: 0 }
.total { display: flex; justify-content: space-between; align-items: baseline; gap: 0 1rem; flex-wrap: wrap }
.total strong { font-size: 1.6rem; white-space: nowrap }
button { width: 100%; border: 0; border-radius: .6rem; padding: .9rem 1rem; background: var(--key); color: #fff; font: inherit; font-weight: 600; cursor: pointer }
button:focus-visible, a:focus-visible { outline: 3px solid #6ea8fe; outline-offset: 2px }
form { margin: .5rem 0 .75rem }
form + small { display: block; margin-bottom: .75rem }
a { color: inherit }
table { width: 100%; border-collapse: collapse }
th { text-align: left; font-size: .8rem; font-weight: 600; color: var(--soft); padding: 0 0 .4rem }
td { border-top: 1px solid var(--line); padding: .6rem 0; vertical-align: top }
td + td, th + th { padding-left: .75rem }
td:last-child, th:last-child { text-align: right; white-space: nowrap }
td small { display: block }
dl { margin: 0 0 .75rem }
dt { color: var(--soft); font-size: .875rem }
dd { margin: 0 0 .5rem; font-variant-numeric: tabular-nums }
.code { text-align: center }
.code small { display: block }
.code img { width: 11rem; height: 11rem; background: #fff; border-radius: .5rem }
footer { padding: .25rem 0 2rem }
@media (min-width: 40rem) { main { padding: 2rem 1rem } .transfer { display: flex; justify-content: space-between; gap: 1.5rem } .code { flex: none; width: 12rem } }
`

/** What a Content-Security-Policy calls that style by. */
export const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`
