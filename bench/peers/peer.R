# peer.R TASK FILE [OUT]: what R does fastest for a task, reading by data.table::fread on all threads.
words <- commandArgs(TRUE)
suppressPackageStartupMessages(library(data.table))
setDTthreads(0)
X <- as.matrix(fread(words[2]))

moments <- function(x) {
  z <- x - mean(x)
  v <- mean(z^2)
  c(sd = sd(x), skewness = mean(z^3) / v^1.5, kurtosis = mean(z^4) / v^2 - 3)
}

eigen_pca <- function() eigen(cov(X), symmetric = TRUE)$vectors[, 1:10]
svd_pca <- function() prcomp(X, rank. = 10, retx = FALSE)$rotation
lanczos_pca <- function() irlba::prcomp_irlba(X, n = 10, retx = FALSE)$rotation
write_scores <- function(V) fwrite(as.data.table(sweep(X, 2, colMeans(X)) %*% V), words[3])

switch(words[1],
  pca_eigen = print(eigen_pca()),
  pca_svd = print(svd_pca()),
  pca_irlba = print(lanczos_pca()),
  scores_eigen = write_scores(eigen_pca()),
  scores_irlba = write_scores(lanczos_pca()),
  describe = { print(summary(X)); print(apply(X, 2, moments)) },
  cor = print(cor(X)),
  regress = print(.lm.fit(cbind(1, X[, -ncol(X)]), X[, ncol(X)])$coefficients))
