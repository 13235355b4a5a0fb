-- AlterTable
ALTER TABLE "DebtorStanding" ADD COLUMN     "insured" DECIMAL(18,3) NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "InsurancePolicy" ADD COLUMN     "insuredPercent" INTEGER NOT NULL DEFAULT 100;