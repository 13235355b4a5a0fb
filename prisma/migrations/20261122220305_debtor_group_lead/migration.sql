-- AlterTable
ALTER TABLE "DebtorGroup" ADD COLUMN     "leadId" INTEGER;