/** What became of one attempt to hand a mail over. */
export type Transmission =
  /** Accepted for delivery; `refused` names recipients that were turned down while others were accepted. */
  | { kind: 'accepted'; refused: string[] }
  /** Surely not accepted. Permanent: no later attempt will do better. */
  | { kind: 'refused'; permanent: boolean; problem: string }
  /** The connection broke after the mail's text began to leave: nobody here knows whether it was accepted. */
  | { kind: 'lost'; problem: string }

export type Envelope = {
  from: string
  /** Everyone who gets it, whether the mail names them or not. */
  recipients: string[]
}

/** A way for finished mails to leave. Outcomes are returned; it throws only for faults of its own. */
export type MailTransport = {
  send: (source: Buffer, envelope: Envelope) => Promise<Transmission>
}
