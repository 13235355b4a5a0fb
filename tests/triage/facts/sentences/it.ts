import type { Sentence } from '../sentence.ts'

export const it: Sentence[] = [
  ['Pagheremo entro venerdì.', { promised_date: ['2026-05-22'] }],
  ['Domani mattina faremo il bonifico.', { promised_date: ['2026-05-19'] }],
  ['Il pagamento sarà effettuato a fine mese.', { promised_date: ['2026-05-31'] }],
  ['Pagheremo la settimana prossima.', { promised_date: ['2026-05-29'] }],
  ['La fattura 2026-0412 sarà pagata il 5 giugno.', { promised_date: ['2026-06-05'], invoice_number: ['2026-0412'] }],
  ['Pagheremo entro 10 giorni.', { promised_date: ['2026-05-28'] }],
  ["Abbiamo pagato l'8 maggio.", { paid_date: ['2026-05-08'] }],
  ['Ieri ho bonificato 412,30 euro.', { paid_date: ['2026-05-17'], paid_amount: ['412.30'] }],
  ['Non abbiamo mai ordinato questo materiale.', { dispute_reason: ['not_ordered'] }],
  ['La merce è arrivata danneggiata.', { dispute_reason: ['quality'] }],
  ['Sono in ferie fino al 29 maggio.', { return_date: ['2026-05-29'] }],
  ["Il nostro numero d'ordine è 4500129981.", { po_number: ['4500129981'] }],
  ['Andrebbe bene venerdì?', {}],
  ['La merce non è ancora arrivata.', { dispute_reason: ['not_delivered'] }],
  ['A inizio giugno pagheremo.', { promised_date: ['2026-06-01'] }],
  ['Il bonifico partirà lunedì.', { promised_date: ['2026-05-25'] }],
  ['Salderemo la fattura 2026-0413 entro il 31 maggio.', { promised_date: ['2026-05-31'], invoice_number: ['2026-0413'] }],
  ['Il bonifico di 980 euro è stato disposto ieri.', { paid_date: ['2026-05-17'], paid_amount: ['980'] }],
  ["Il prezzo concordato era 45 € l'ora, non 52 €.", { dispute_reason: ['price'] }],
  ['Rientro il 26 maggio.', { return_date: ['2026-05-25'] }],
]
