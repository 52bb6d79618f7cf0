/** What the server's lease key signs; the last instant is `until`. Apart from the schemas, for the vault's worker. */
export const leaseText = (lease: {
  device: string
  user: string
  issued: string
  until: string
}): string => [lease.device, lease.user, lease.issued, lease.until].join('\n')
