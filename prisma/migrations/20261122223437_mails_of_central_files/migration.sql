-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "alsoDebtorIds" INTEGER[] DEFAULT ARRAY[]::INTEGER[];

-- AlterTable
ALTER TABLE "OutboundMail" ADD COLUMN     "alsoDebtorIds" INTEGER[] DEFAULT ARRAY[]::INTEGER[];

-- CreateIndex
CREATE INDEX "Message_alsoDebtorIds_idx" ON "Message" USING GIN ("alsoDebtorIds");