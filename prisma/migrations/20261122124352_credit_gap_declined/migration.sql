-- AlterTable
ALTER TABLE "CreditGap" ADD COLUMN     "declined" TEXT,
ADD COLUMN     "declinedAt" TIMESTAMPTZ(3),
ADD COLUMN     "declinedBy" TEXT;