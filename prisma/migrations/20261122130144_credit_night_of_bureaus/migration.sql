-- AlterTable
ALTER TABLE "CreditRun" ADD COLUMN     "nightId" INTEGER;

-- CreateIndex
CREATE INDEX "CreditRun_nightId_idx" ON "CreditRun"("nightId");