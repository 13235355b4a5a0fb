-- AlterTable
ALTER TABLE "OnlinePayment" ADD COLUMN     "charges" DECIMAL(18,3) NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "PaymentLink" ADD COLUMN     "charges" DECIMAL(18,3),
ADD COLUMN     "chargesCurrency" CHAR(3);