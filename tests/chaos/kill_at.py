def arm(plan):
    raise NotImplementedError
