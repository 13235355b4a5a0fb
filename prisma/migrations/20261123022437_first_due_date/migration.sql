-- AlterTable
ALTER TABLE "Invoice" ADD COLUMN     "firstDueDate" DATE;