-- AlterTable
ALTER TABLE "Dispute" ADD COLUMN     "outcome" TEXT,
ADD COLUMN     "payBy" DATE,
ADD COLUMN     "staysDue" DECIMAL(18,3);

-- AlterTable
ALTER TABLE "PaymentPlan" ADD COLUMN     "credit" DECIMAL(18,3) NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "PromiseToPay" ADD COLUMN     "saidOn" DATE;

-- AlterTable
ALTER TABLE "Task" ADD COLUMN     "about" JSONB,
ALTER COLUMN "title" DROP NOT NULL;