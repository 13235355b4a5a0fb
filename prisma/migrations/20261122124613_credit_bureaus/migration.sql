-- AlterTable
ALTER TABLE "CreditCompany" ADD COLUMN     "normalisedScore" DECIMAL(5,2),
ADD COLUMN     "ratingClass" CHAR(1);

-- CreateTable
CREATE TABLE "CreditFormerLink" (
    "debtorId" INTEGER NOT NULL,
    "companyId" INTEGER NOT NULL,
    "endedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CreditFormerLink_pkey" PRIMARY KEY ("debtorId","companyId")
);

-- CreateIndex
CREATE INDEX "CreditFormerLink_companyId_idx" ON "CreditFormerLink"("companyId");

-- AddForeignKey
ALTER TABLE "CreditFormerLink" ADD CONSTRAINT "CreditFormerLink_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "CreditCompany"("id") ON DELETE CASCADE ON UPDATE CASCADE;