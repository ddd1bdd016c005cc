// The user's own manager, as alice: this process becomes her before the contract is tried.
import process from 'node:process'
import { createSystemd } from '../../src/backend/systemd.ts'
import { backendContract } from '../backend/contract.ts'
import { idOf } from './login.ts'

const uid = idOf('alice')
process.setgroups?.([uid])
process.setgid?.(uid)
process.setuid?.(uid)
process.env.XDG_RUNTIME_DIR = `/run/user/${uid}`

backendContract('user', () => createSystemd('user'))
