export interface Finding {
  /** One word or two: what was looked at. */
  readonly about: string
  readonly verdict: 'good' | 'warning' | 'bad'
  /** A sentence. It names folders, hosts, counts and times; nothing of a client, and no key. */
  readonly says: string
  /** What whoever runs the server does about it. */
  readonly todo?: string
}

export const good = (about: string, says: string): Finding => ({ about, verdict: 'good', says })

export const warning = (about: string, says: string, todo: string): Finding => ({
  about,
  verdict: 'warning',
  says,
  todo
})

export const bad = (about: string, says: string, todo: string): Finding => ({
  about,
  verdict: 'bad',
  says,
  todo
})
