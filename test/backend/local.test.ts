import { createLocal } from '../../src/backend/local.ts'
import { backendContract } from './contract.ts'

backendContract('local', createLocal)
