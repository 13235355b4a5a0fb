-- AlterTable
ALTER TABLE "Payment" ADD COLUMN     "balanceAfter" DECIMAL(18,3);

-- CreateTable
CREATE TABLE "PaymentVote" (
    "paymentId" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "choice" JSONB NOT NULL,
    "staffId" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PaymentVote_pkey" PRIMARY KEY ("paymentId")
);