import type { SandboxPayment } from './sandbox.ts'

const escaped = (text: string) => text.replaceAll(/[&<>"]/g, sign => `&#${sign.codePointAt(0)};`)

const endings = [
  ['paid', 'Pay'],
  ['failed', 'Let it fail'],
  ['canceled', 'Cancel'],
  ['expired', 'Let it expire'],
] as const

/** Where a visitor of the demo chooses how a payment ends; no money moves. */
export const checkoutPage = (
  { id, amount, description }: Pick<SandboxPayment, 'id' | 'amount' | 'description'>,
  ways: readonly string[],
): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Test payment</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:2rem auto;padding:0 1rem;color:#1c2430}button,select{font:inherit;width:100%;padding:.7rem;margin:.25rem 0}</style></head>
<body><h1>Test payment</h1><p>${escaped(description)}</p><p><strong>${escaped(amount.currency)} ${escaped(amount.value)}</strong></p>
<p>This stands in for the payment provider: no money moves. Choose how the payment ends.</p>
<form method="post" action="/checkout/${escaped(id)}"><select name="method" aria-label="Way to pay">${ways.map(way => `<option>${escaped(way)}</option>`).join('')}</select>
${endings.map(([status, label]) => `<button name="status" value="${status}">${label}</button>`).join('\n')}</form></body></html>
`
