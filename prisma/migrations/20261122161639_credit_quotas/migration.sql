-- AlterTable
ALTER TABLE "CreditAccount" ADD COLUMN     "quotas" JSONB;