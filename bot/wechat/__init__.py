"""WeChat official accounts: what comes in at `/wechat`, and what goes out through WeChat's servers."""
