import type { CustomershipReader } from '#server/store/customership-reader.ts'

/** §7: the organiser has it, so it need not lie here any longer. Repeatable. */
export function removePackage({ packages }: Pick<CustomershipReader, 'packages'>): Promise<void> {
  return packages.remove()
}
