-- AlterTable
ALTER TABLE "CreditCompany" ADD COLUMN     "listed" JSONB,
ADD COLUMN     "reportOwed" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "CreditWish" (
    "debtorId" INTEGER NOT NULL,
    "wanted" BOOLEAN NOT NULL,
    "staffId" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CreditWish_pkey" PRIMARY KEY ("debtorId")
);