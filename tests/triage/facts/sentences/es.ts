import type { Sentence } from '../sentence.ts'

export const es: Sentence[] = [
  ['Pagaremos antes del viernes.', { promised_date: ['2026-05-22'] }],
  ['Mañana por la mañana haremos la transferencia.', { promised_date: ['2026-05-19'] }],
  ['El pago se hará a finales de mes.', { promised_date: ['2026-05-31'] }],
  ['Pagaremos la semana que viene.', { promised_date: ['2026-05-29'] }],
  ['La factura 2026-0412 se pagará el 5 de junio.', { promised_date: ['2026-06-05'], invoice_number: ['2026-0412'] }],
  ['Pagaremos en un plazo de 10 días.', { promised_date: ['2026-05-28'] }],
  ['Pagamos el 8 de mayo.', { paid_date: ['2026-05-08'] }],
  ['Ayer transferí 412,30 euros.', { paid_date: ['2026-05-17'], paid_amount: ['412.30'] }],
  ['Nunca pedimos este material.', { dispute_reason: ['not_ordered'] }],
  ['La mercancía llegó dañada.', { dispute_reason: ['quality'] }],
  ['Estoy de vacaciones hasta el 29 de mayo.', { return_date: ['2026-05-29'] }],
  ['Nuestro número de pedido es 4500129981.', { po_number: ['4500129981'] }],
  ['¿Le vendría bien el viernes?', {}],
  ['Todavía no hemos recibido la mercancía.', { dispute_reason: ['not_delivered'] }],
  ['A principios de junio pagaremos.', { promised_date: ['2026-06-01'] }],
  ['Le haremos el ingreso el lunes que viene.', { promised_date: ['2026-05-25'] }],
  ['Abonaremos la factura 2026-0413 antes del 31 de mayo.', { promised_date: ['2026-05-31'], invoice_number: ['2026-0413'] }],
  ['La transferencia de 980 euros salió ayer.', { paid_date: ['2026-05-17'], paid_amount: ['980'] }],
  ['El precio acordado era 45 € la hora, no 52 €.', { dispute_reason: ['price'] }],
  ['Vuelvo el 26 de mayo.', { return_date: ['2026-05-25'] }],
]
