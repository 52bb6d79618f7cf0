import { createContext } from 'svelte'
import type { Vault } from './vault.svelte.ts'

export const [useVault, provideVault] = createContext<Vault>()
